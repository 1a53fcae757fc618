# Ends the agent and gives back what it changed in the kernel, which its own `uninstall` does when it has stopped.
systemctl disable --quiet --now baton-agent.service 2> /dev/null
agent=/opt/baton/current/bin/baton-agent
# An agent older than the kernel plane has no such command, and nothing to give back.
if [ -x $agent ] && $agent --help | grep -q '^ *uninstall '; then
    $agent uninstall || exit 1
fi
tables=$(nft list tables 2> /dev/null | grep ' baton$' | tr '\n' ',')
if [ -n "$tables" ]; then
    echo "the rules of nftables ${tables%,} are still there; delete them: nft delete $(echo "${tables%%,*}")" >&2
    exit 1
fi
exit 0
