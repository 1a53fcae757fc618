# Hardware addresses of the peers on this link; any packet to them makes the kernel ask.
for peer in $peers; do
    ping -c 1 -W 1 "$peer" > /dev/null 2>&1 || bash -c "echo > /dev/udp/$peer/9" 2> /dev/null || true
    ip neigh show to "$peer" dev "$interface" | sed -n 's/.*lladdr \([0-9a-f:]*\).*/\1/p'
done > "$place/hardware-addresses"
