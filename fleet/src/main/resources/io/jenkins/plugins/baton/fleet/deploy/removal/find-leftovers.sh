# Prints what is left of Baton on a node: find-leftovers.sh VIP ...
for place in /opt/baton /etc/baton/cluster.yaml /run/baton /var/lib/baton /etc/systemd/system/baton-agent.service; do
    [ -e $place ] && echo "$place"
done
for address in "$@"; do
    [ -n "$(ip -o address show to "$address")" ] && echo "address $address"
done
nft list tables 2> /dev/null | grep -i ' baton'
exit 0
