# Starts again what displace.sh stopped, in the opposite order.
[ -f /opt/baton/displaced ] || exit 0
tac /opt/baton/displaced | while read -r service; do
    systemctl enable --quiet --now "$service"
done
rm -f /opt/baton/displaced
