# Takes everything of Baton off a node.
[ -x /opt/baton/current/bin/baton-agent ] && /opt/baton/current/bin/baton-agent uninstall > /dev/null 2>&1
systemctl disable --quiet --now baton-agent.service 2> /dev/null
rm -f /etc/systemd/system/baton-agent.service
systemctl daemon-reload
systemctl reset-failed baton-agent.service 2> /dev/null
rm -rf /opt/baton /etc/baton /run/baton
if getent passwd baton > /dev/null; then
    userdel baton || exit 1
fi
exit 0
