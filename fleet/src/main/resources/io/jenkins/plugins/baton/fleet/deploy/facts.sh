# What a deployment needs to know of a node, as KEY=VALUE lines. Changes nothing.
# facts.sh INTERFACE "VIP ..." "PORT ..." LISTEN_SECONDS
interface=$1 addresses=$2 ports=$3 listen=$4

fact() { printf '%s=%s\n' "$1" "$2"; }
has() { command -v "$1" > /dev/null 2>&1; }

fact architecture "$(uname -m)"
fact kernel "$(uname -r)"
has systemctl && fact systemd "$(systemctl is-system-running 2> /dev/null)"
for tool in tar gzip sha256sum useradd ip ss; do
    has "$tool" || fact missingTool "$tool"
done
has nft && nft list tables > /dev/null 2>&1 && fact nftables yes
fact boundingCapabilities "$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/1/status)"
fact clock "$(date +%s%N)"

place=/opt
while [ ! -d "$place" ]; do place=$(dirname "$place"); done
fact freeKilobytes "$(df -Pk "$place" | awk 'NR == 2 {print $4}')"
awk -v place="$place" '$2 == place && $4 ~ /(^|,)noexec(,|$)/ {print "noexec=" place}' /proc/mounts

# By ip, not from /sys: in a container that may be another network namespace's.
ip -o link show dev "$interface" 2> /dev/null | awk '{
    for (i = 1; i < NF; i++) {
        if ($i == "state") print "linkState=" tolower($(i + 1))
        if ($i == "link/ether") print "hardwareAddress=" $(i + 1)
    }
}'
ip -o address show 2> /dev/null | awk '{split($4, a, "/"); print "address=" a[1]}'
for port in $ports; do
    ss -Hltnp "sport = :$port" 2> /dev/null | sed -n 's/.*users:((\(".*"\),pid.*/\1/p' | tr -d '"' | sed 's/,.*//' | sort -u |
        while read -r process; do fact listener "$port $process"; done
done
for service in keepalived haproxy; do
    if [ "$(systemctl is-active $service 2> /dev/null)" = active ] || { has pgrep && pgrep -x $service > /dev/null; }; then
        fact running "$service"
    fi
done

fact currentRelease "$(readlink /opt/baton/current 2> /dev/null | sed 's,.*/,,')"
for release in /opt/baton/releases/*/; do
    [ -d "$release" ] && fact release "$(basename "$release")"
done
[ -f /etc/baton/cluster.yaml ] && fact clusterFile "$(sha256sum < /etc/baton/cluster.yaml | cut -d' ' -f1)"
fact agent "$(systemctl is-active baton-agent.service 2> /dev/null)"
fact enabled "$(systemctl is-enabled baton-agent.service 2> /dev/null)"

# Who answers ARP for a virtual address: any packet to it makes the kernel ask.
for address in $addresses; do
    ip -o address show | grep -qF " $address/" && continue
    ip neigh flush to "$address" dev "$interface" 2> /dev/null
    if has bash; then
        bash -c "echo > /dev/udp/$address/9" 2> /dev/null
    elif has ping; then
        ping -c 1 -W 1 "$address" > /dev/null 2>&1
    fi
    sleep 0.3
    owner=$(ip neigh show to "$address" dev "$interface" 2> /dev/null | sed -n 's/.*lladdr \([0-9a-f:]*\).*/\1/p')
    [ -n "$owner" ] && fact answers "$address $owner"
done

# Who advertises which VRID: nftables writes down what passes, so that no other tool is needed. The second byte of an
# advertisement is the VRID; the link must be told to hear the group that nobody here may have joined.
if [ "$listen" != 0 ] && has nft; then
    group=01:00:5e:00:00:12
    trap 'nft delete table inet baton_preflight 2> /dev/null; ip maddress del $group dev "$interface" 2> /dev/null' EXIT
    ip maddress add $group dev "$interface" 2> /dev/null
    nft -f - 2> /dev/null << 'RULES' && sleep "$listen"
table inet baton_preflight {
    set seen { typeof ip saddr . @th,8,8; size 1024; flags dynamic; }
    chain listen {
        type filter hook prerouting priority -400;
        ip protocol 112 add @seen { ip saddr . @th,8,8 }
    }
}
RULES
    nft list set inet baton_preflight seen 2> /dev/null | grep -oE '[0-9.]+ \. (0x)?[0-9a-f]+' |
        while read -r source dot router; do fact advertises "$source $((router))"; done
fi
exit 0
