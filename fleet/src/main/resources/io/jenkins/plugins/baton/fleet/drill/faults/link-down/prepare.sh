# A link that goes down loses its routes and its IPv6 addresses. Addresses with a lifetime are leased: a virtual one must
# not come back by this.
{
    ip -6 -o address show dev "$interface" permanent | while read -r index device family address rest; do
        echo "ip -6 address replace $address dev $interface"
    done
    for family in -4 -6; do
        ip $family route show dev "$interface" | grep -v 'proto kernel' | while read -r route; do
            echo "ip $family route replace $route dev $interface"
        done
    done
} > "$place/restore.sh"
