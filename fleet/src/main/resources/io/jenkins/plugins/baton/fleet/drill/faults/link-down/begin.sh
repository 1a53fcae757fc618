ip link set dev "$interface" down
