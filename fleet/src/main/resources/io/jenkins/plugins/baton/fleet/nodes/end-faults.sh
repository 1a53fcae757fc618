# Ends a drill's faults on this node before their timers do: end-faults.sh [TOKEN]. A second time it does nothing.
# With a token: the fault of that drill; prints what it said itself when it failed, for then nothing was tried out.
# Without: all that are armed; prints their names. For one who has the lock, so that whoever armed them is gone.
for place in /run/baton-drill-${1:-*}; do
    [ -d "$place" ] || continue
    unit=${place##*/}
    systemctl stop "$unit-fault.service" 2> /dev/null
    if [ $# = 0 ]; then
        cat "$place/name"
    elif [ -f "$place/failed" ]; then
        cat "$place/failed"
    fi
    [ -f "$place/revert.sh" ] && sh "$place/revert.sh"
    systemctl stop "$unit.timer" 2> /dev/null
    rm -rf "$place"
done
exit 0
