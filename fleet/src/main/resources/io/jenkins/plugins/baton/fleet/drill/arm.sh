# Arms a fault and its end on this node: arm.sh SCENARIO TOKEN REVERT_SECONDS INTERFACE "PEER ..." "PORT ..."
# The end is a timer of systemd that is set before the fault begins, so that nobody is needed for it. The fault begins
# half a second later, on its own, since it may take away the connection that this came by. Prints that instant.
scenario=$1 token=$2 seconds=$3 interface=$4 peers=$5 ports=$6
set -e
place=/run/baton-drill-$token
table=baton_drill
agent=baton-agent.service
mkdir -p "$place"

# nft list of words: a, b, c
list() { echo "$@" | tr ' ' ','; }
# Addresses of one family among the peers.
v4() { for p in $peers; do case $p in *:*) ;; *) echo "$p" ;; esac; done; }
v6() { for p in $peers; do case $p in *:*) echo "$p" ;; esac; done; }

# Hardware addresses of the peers on this link; any packet to them makes the kernel ask.
macs() {
    for p in $peers; do
        ping -c 1 -W 1 "$p" > /dev/null 2>&1 || bash -c "echo > /dev/udp/$p/9" 2> /dev/null || true
        ip neigh show to "$p" dev "$interface" | sed -n 's/.*lladdr \([0-9a-f:]*\).*/\1/p'
    done
}

fault() {
    case $scenario in
        handover) echo "/opt/baton/current/bin/baton-agent handover" ;;
        agent-stop) echo "systemctl stop $agent" ;;
        agent-kill) echo "systemctl kill --kill-whom=all --signal=KILL $agent" ;;
        agent-freeze) echo "systemctl kill --kill-whom=all --signal=STOP $agent" ;;
        apiserver-down)
            cat << RULES
nft -f - << 'NFT'
table inet $table {
    chain input {
        type filter hook input priority -300
        tcp dport { $(list $ports) } reject with tcp reset
    }
}
NFT
RULES
            ;;
        link-down) echo "ip link set dev $interface down" ;;
        partition)
            # By address, and by hardware address and next hop: the copies that the kernel plane sends from node to node
            # have a client's and the virtual address in them.
            echo "nft -f - << 'NFT'"
            macs=$(macs)
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
            echo "NFT"
            ;;
        host-down) echo "systemctl --force --force reboot" ;;
        *) echo "unknown scenario $scenario" >&2 && exit 1 ;;
    esac
}

revert() {
    case $scenario in
        agent-stop | agent-kill) echo "systemctl start $agent" ;;
        agent-freeze) echo "systemctl kill --kill-whom=all --signal=CONT $agent; systemctl start $agent" ;;
        apiserver-down) echo "nft delete table inet $table 2> /dev/null" ;;
        partition) echo "for family in inet netdev; do nft delete table \$family $table 2> /dev/null; done" ;;
        link-down)
            # A link that goes down loses its routes and its IPv6 addresses. Addresses with a lifetime are leased: a
            # virtual one must not come back by this.
            echo "ip link set dev $interface up"
            ip -6 -o address show dev "$interface" scope global permanent | while read -r index device family address rest; do
                echo "ip -6 address replace $address dev $interface"
            done
            for family in -4 -6; do
                ip $family route show dev "$interface" | grep -v 'proto kernel' | while read -r route; do
                    echo "ip $family route replace $route dev $interface"
                done
            done
            ;;
    esac
    echo "rm -rf $place"
}

echo "$scenario" > "$place/name"
revert > "$place/revert.sh"
fault > "$place/fault.sh"
systemd-run --quiet --collect --unit="baton-drill-$token" --on-active="$seconds" \
    --timer-property=AccuracySec=100ms /bin/sh "$place/revert.sh"

at=$(($(date +%s%N) + 500000000))
cat > "$place/begin.sh" << BEGIN
left=\$(($at - \$(date +%s%N)))
[ \$left -gt 0 ] && sleep "0.\$(printf %09d \$left)"
/bin/sh $place/fault.sh > $place/said 2>&1 || mv $place/said $place/failed
BEGIN
systemd-run --quiet --collect --no-block --unit="baton-drill-$token-fault" /bin/sh "$place/begin.sh"
echo "$at"
