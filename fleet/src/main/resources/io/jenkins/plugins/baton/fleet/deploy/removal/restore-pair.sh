# Starts again what stop-keepalived.sh stopped, in the opposite order, and lets it start at boot if it did. Prints each.
[ -f /opt/baton/displaced ] || exit 0
tac /opt/baton/displaced | while read -r service enabled; do
    [ "${enabled:-enabled}" = enabled ] && systemctl enable --quiet "$service"
    systemctl start "$service" && echo "$service"
done
rm -f /opt/baton/displaced
exit 0
