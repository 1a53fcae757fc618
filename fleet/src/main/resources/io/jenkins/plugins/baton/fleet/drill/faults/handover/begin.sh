/opt/baton/current/bin/baton-agent handover
