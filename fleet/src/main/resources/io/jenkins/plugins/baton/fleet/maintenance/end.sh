# Ends a maintenance on this node: end.sh TOKEN|node:NAME SECONDS
# With SECONDS, its record stays for that long without its node: the agent enables the node, and nobody else begins anything
# before the cluster is steady again. With 0 nothing stays. Prints "ended", or "over" when it had run out by itself; nothing
# when there is no such record.
which=$1 seconds=$2
exec 8>> /run/baton-maintenance.lock
flock 8
place=/var/lib/baton record=/var/lib/baton/maintenance
said() { sed -n "s/^$1 //p" $record 2> /dev/null; }
token=$(said token) node=$(said of) by=$(said by) until=$(said until)
case $which in
    node:*) [ "$node" = "${which#node:}" ] ;;
    *) [ "$token" = "$which" ] ;;
esac || exit 0
set -e
# Without its node it was ended before, and a second try asks again.
if [ -z "$(said node)" ] || [ "${until:-0}" -gt "$(date +%s)" ]; then echo ended; else echo over; fi
if [ "$seconds" = 0 ]; then
    rm -f $record
    rmdir --ignore-fail-on-non-empty $place
else
    umask 022
    printf 'token %s\nuntil %s\nof %s\nby %s\n' "$token" "$(($(date +%s) + seconds))" "$node" "$by" > $record.new
    mv $record.new $record
fi
sync /var/lib
