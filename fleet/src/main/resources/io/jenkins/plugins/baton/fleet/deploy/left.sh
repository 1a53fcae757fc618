# Prints what is left of Baton on a node: left.sh VIP ...
for place in /opt/baton /etc/baton /run/baton /etc/systemd/system/baton-agent.service; do
    [ -e $place ] && echo "$place"
done
getent passwd baton > /dev/null && echo "user baton"
for address in "$@"; do
    ip -o address show | grep -qF " $address/" && echo "address $address"
done
nft list tables 2> /dev/null | grep -i ' baton'
exit 0
