# Writes on this node's disk that a node is in maintenance: begin.sh TOKEN NODE SECONDS "WHO"
# The agent reads it, also after a reboot: it drains that node's servers, and on that node takes no virtual address, until
# the time is over or the record is gone. Prints until when, in seconds since 1970, by this node's clock.
token=$1 node=$2 seconds=$3 by=$4
set -e
place=/var/lib/baton
# One after the other with end.sh, which may come while this one still waits for the disk.
exec 8>> /run/baton-maintenance.lock
flock 8
old() { sed -n "s/^$1 //p" $place/maintenance 2> /dev/null || true; }
holder=$(old token) ends=$(old until)
if [ -n "$holder" ] && [ "$holder" != "$token" ] && [ "${ends:-0}" -gt "$(date +%s)" ] &&
    [ "$ends" -le $(($(date +%s) + 8 * 86400)) ]; then
    echo "$(old of) is in maintenance by $(old by)" >&2
    exit 1
fi
umask 022
mkdir -p $place
until=$(($(date +%s) + seconds))
printf 'token %s\nuntil %s\nof %s\nnode %s\nby %s\n' "$token" "$until" "$node" "$node" "$by" \
    > $place/maintenance.new
sync $place/maintenance.new
mv $place/maintenance.new $place/maintenance
sync $place
echo "$until"
