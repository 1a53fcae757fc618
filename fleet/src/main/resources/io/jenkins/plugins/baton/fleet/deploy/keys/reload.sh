# Has the agent read its files again and waits until it says that it did, or why not.
cursor=$(journalctl --unit baton-agent.service --lines 0 --show-cursor --quiet | sed -n 's/^-- cursor: //p')
systemctl reload baton-agent.service || exit 1
tries=150
while [ $tries -gt 0 ]; do
    said=$(journalctl --unit baton-agent.service ${cursor:+--after-cursor="$cursor"} --output cat --no-pager |
        grep -E 'reloaded |is not in use')
    case $said in
        *'is not in use'*) echo "$said" >&2 && exit 1 ;;
        *reloaded*) exit 0 ;;
    esac
    tries=$((tries - 1))
    sleep 0.2
done
echo "the agent did not say within 30 s that it has read its files again" >&2
exit 1
