# By address, and by hardware address and next hop: the copies that the kernel plane sends from node to node have a
# client's and the virtual address in them.
rules() {
    macs=$(cat "$place/hardware-addresses")
    if [ -n "$macs" ]; then
        echo "table netdev $table {"
        echo "chain ingress {"
        echo "type filter hook ingress device \"$interface\" priority -300"
        echo "ether saddr { $(list $macs) } drop"
        echo "}"
        echo "}"
    fi
    echo "table inet $table {"
    for direction in input output; do
        side=saddr && [ $direction = output ] && side=daddr
        echo "chain $direction {"
        echo "type filter hook $direction priority -300"
        [ -n "$(v4)" ] && echo "ip $side { $(list $(v4)) } drop"
        [ -n "$(v6)" ] && echo "ip6 $side { $(list $(v6)) } drop"
        [ $direction = output ] && [ -n "$(v4)" ] && echo "rt ip nexthop { $(list $(v4)) } drop"
        [ $direction = output ] && [ -n "$(v6)" ] && echo "rt ip6 nexthop { $(list $(v6)) } drop"
        echo "ip protocol 112 drop"
        echo "ip6 nexthdr 112 drop"
        echo "}"
    done
    echo "}"
}
rules | nft -f -
