# Takes everything of Baton off a node. The agent's own `uninstall` gives back what it changed in the kernel, and wants it
# to have stopped.
systemctl disable --quiet --now baton-agent.service 2> /dev/null
agent=/opt/baton/current/bin/baton-agent
# An agent older than the kernel plane has no such command, and nothing to give back.
if [ -x $agent ] && $agent --help | grep -q '^ *uninstall '; then
    $agent uninstall || exit 1
fi
rm -f /etc/systemd/system/baton-agent.service
systemctl daemon-reload
systemctl reset-failed baton-agent.service 2> /dev/null
rm -rf /opt/baton /etc/baton /run/baton
if getent passwd baton > /dev/null; then
    userdel baton || exit 1
fi
exit 0
