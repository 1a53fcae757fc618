# What a deployment needs to know of a node, as KEY=VALUE lines. Changes nothing.
# facts.sh "INTERFACE ..." "INTERFACE/VIP ..." "PORT ..." LISTEN_SECONDS
interfaces=$1 addresses=$2 ports=$3 listen=$4

fact() { printf '%s=%s\n' "$1" "$2"; }
has() { command -v "$1" > /dev/null 2>&1; }

fact architecture "$(uname -m)"
fact kernel "$(uname -r)"
fact libc "$(getconf GNU_LIBC_VERSION 2> /dev/null || ldd --version 2>&1 | grep -o -m 1 musl)"
has systemctl && fact systemd "$(systemctl is-system-running 2> /dev/null)"
for tool in tar gzip sha256sum useradd setpriv ip ss; do
    has "$tool" || fact missingTool "$tool"
done
# The linker's cache, or where musl and containers without one look.
if { has ldconfig && ldconfig -p | grep -q 'libnftables\.so\.1'; } || ls /usr/lib*/libnftables.so.1 /usr/lib/*/libnftables.so.1 > /dev/null 2>&1; then
    fact libnftables yes
fi
if has nft && nft list tables > /dev/null 2>&1; then
    fact nftables yes
    fact nftablesVersion "$(nft --version | grep -oE '[0-9]+(\.[0-9]+)+')"
    # What the language of nft(8) was not always able to say, whatever the kernel can.
    nft --check --file - > /dev/null 2>&1 << 'RULES' && fact language yes
table ip baton_preflight {
    set tried { typeof ip saddr . tcp sport . tcp sequence; size 2; flags dynamic, timeout; timeout 1s; }
    map slots { typeof numgen inc mod 2 : verdict; }
}
RULES
    # Checked by the kernel and not carried out: the expressions of the kernel plane that a kernel may lack.
    nft --check --file - > /dev/null 2>&1 << 'RULES' && fact directReturn yes
table netdev baton_preflight { chain copy { fwd ip to 127.0.0.1 device "lo"; }; }
table ip baton_preflight {
    set tried { typeof ip saddr . tcp sport . tcp sequence; size 2; flags dynamic, timeout; timeout 1s; }
    chain copy { dup to 127.0.0.1 device "lo"; }
    chain dispatch {
        type filter hook prerouting priority -310;
        jhash ip saddr . tcp sport mod 128 vmap { 0 : goto copy }
        ct state new,invalid ip dscp set 1
    }
    chain serve { type nat hook prerouting priority -105; meta l4proto tcp dnat to numgen inc mod 2 map { 0 : 127.0.0.1 . 1, 1 : 127.0.0.1 . 2 }; }
    chain source { type nat hook postrouting priority 95; snat to 127.0.0.1; }
}
RULES
fi

# What filters packets here, for the command that opens it: firewalld with each interface's zone, ufw, iptables, and the
# base chains of nftables that drop, or go on in chains that may.
if has firewall-cmd && firewall-cmd --state > /dev/null 2>&1; then
    for interface in $interfaces; do
        zone=$(firewall-cmd --get-zone-of-interface="$interface" 2> /dev/null)
        fact firewall "firewalld $interface ${zone:-$(firewall-cmd --get-default-zone)}"
    done
fi
has ufw && LC_ALL=C ufw status 2> /dev/null | grep -q '^Status: active' && fact firewall ufw
has iptables-save && { iptables-save && ip6tables-save; } 2> /dev/null |
    grep -qE -- '-j (DROP|REJECT)|^:(INPUT|OUTPUT) DROP' && fact firewall iptables
has nft && nft list ruleset 2> /dev/null | awk '
    /^table / { table = $2 " " $3 }
    /^\tchain / { chain = $2; hook = ""; drops = 0; jumps = 0 }
    / hook / { for (i = 1; i < NF; i++) if ($i == "hook") hook = $(i + 1); drops = /policy drop/ }
    /^\t\t/ && !/ hook / && /[ \t](drop|reject)/ { drops = 1 }
    /^\t\t/ && !/ hook / && /[ \t](jump|goto) / { jumps = 1 }
    /^\t}/ {
        if (hook != "" && table !~ / baton/ && (drops || jumps))
            print "filterChain=" hook " " table " " chain " " (drops ? "drop" : "jump")
        hook = ""
    }'
fact boundingCapabilities "$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/1/status)"
fact clock "$(date +%s%N)"

place=/opt/baton/releases
while [ ! -d "$place" ]; do place=$(dirname "$place"); done
fact freeKilobytes "$(df -Pk "$place" | awk 'NR == 2 {print $4}')"
awk -v place="$place" '$2 == place && $4 ~ /(^|,)noexec(,|$)/ {print "noexec=" place}' /proc/mounts

# By ip, not from /sys: in a container that may be another network namespace's.
for interface in $interfaces; do
    ip -o link show dev "$interface" 2> /dev/null | awk -v name="$interface" '{
        for (i = 1; i < NF; i++) {
            if ($i == "state") print "linkState=" name " " tolower($(i + 1))
            if ($i == "link/ether") print "hardwareAddress=" $(i + 1)
        }
    }'
done
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
[ -f /opt/baton/interrupted ] && fact interrupted "$(cat /opt/baton/interrupted)"
fact agent "$(systemctl is-active baton-agent.service 2> /dev/null)"
fact enabled "$(systemctl is-enabled baton-agent.service 2> /dev/null)"
if [ -f /etc/systemd/system/baton-agent.service ]; then
    cmp -s /opt/baton/current/systemd/baton-agent.service /etc/systemd/system/baton-agent.service || fact unit changed
fi
for file in /etc/systemd/system/baton-agent.service.d/*.conf; do
    [ -f "$file" ] && fact dropIn "$file"
done

# Who answers ARP (or its like in IPv6) for a virtual address: any packet to it makes the kernel ask.
for pair in $addresses; do
    interface=${pair%%/*} address=${pair#*/}
    [ -n "$(ip -o address show to "$address" 2> /dev/null)" ] && continue
    ip neigh flush to "$address" dev "$interface" 2> /dev/null
    if has bash; then
        bash -c "echo > /dev/udp/$address/9" 2> /dev/null
    elif has ping; then
        ping -c 1 -W 1 "$address" > /dev/null 2>&1
    fi
    sleep 0.3
    mac=$(ip neigh show to "$address" dev "$interface" 2> /dev/null | sed -n 's/.*lladdr \([0-9a-f:]*\).*/\1/p')
    [ -n "$mac" ] && fact answers "$address $mac"
done

# Who advertises which VRID: nftables writes down what passes, so that no other tool is needed. The second byte of an
# advertisement is the VRID; the links must be told to hear the groups that nobody here may have joined.
if [ "$listen" != 0 ] && has nft; then
    hear() {
        for interface in $interfaces; do
            for group in 01:00:5e:00:00:12 33:33:00:00:00:12; do
                ip maddress "$1" $group dev "$interface" 2> /dev/null
            done
        done
    }
    trap 'nft delete table inet baton_preflight 2> /dev/null; hear del' EXIT
    hear add
    nft -f - 2> /dev/null << 'RULES' && sleep "$listen"
table inet baton_preflight {
    set seen { typeof ip saddr . @th,8,8; size 1024; flags dynamic; }
    set seen6 { typeof ip6 saddr . @th,8,8; size 1024; flags dynamic; }
    chain listen {
        type filter hook prerouting priority -400;
        ip protocol 112 add @seen { ip saddr . @th,8,8 }
        ip6 nexthdr 112 add @seen6 { ip6 saddr . @th,8,8 }
    }
}
RULES
    for set in seen seen6; do
        nft list set inet baton_preflight $set 2> /dev/null | grep -oE '[0-9a-f.:]+ \. (0x)?[0-9a-f]+'
    done | while read -r source dot router; do fact advertises "$source $((router))"; done
fi
exit 0
