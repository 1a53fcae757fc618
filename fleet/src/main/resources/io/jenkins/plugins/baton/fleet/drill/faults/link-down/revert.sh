ip link set dev "$interface" up
. "$place/restore.sh"
