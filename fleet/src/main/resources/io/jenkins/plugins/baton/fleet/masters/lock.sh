# One operator at a time: lock.sh take|release TOKEN "WHO DOES WHAT" SECONDS
# The lock lies in /run, so that a reboot frees it; it ends by itself by the node's uptime, which nobody sets.
action=$1 token=$2 holder=$3 seconds=$4
lock=/run/baton-fleet.lock
now=$(cut -d. -f1 /proc/uptime)

if [ "$action" = release ]; then
    [ "$(sed -n 1p $lock 2> /dev/null)" = "$token" ] && rm -f $lock
    exit 0
fi
if [ -e $lock ]; then
    left=$(($(sed -n 3p $lock) - now))
    if [ "$left" -gt 0 ]; then
        echo "held $left $(sed -n 2p $lock)"
        exit 0
    fi
    echo "stale $((-left)) $(sed -n 2p $lock)"
    rm -f $lock
fi
set -C
printf '%s\n%s\n%s\n' "$token" "$holder" $((now + seconds)) > $lock || echo "held 0 somebody who came at the same moment"
