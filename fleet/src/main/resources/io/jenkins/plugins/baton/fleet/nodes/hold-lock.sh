# One operator at a time: hold-lock.sh TOKEN "WHO DOES WHAT" SILENCE_SECONDS
# Holds the lock for as long as its input lives: each byte there is a sign of life, and its end, or SILENCE_SECONDS without
# one, frees it. So whoever was killed holds nothing, and whoever's host vanished holds it for that long.
# Says "taken", or "held WHO", or "maintenance WHAT" when a maintenance has begun here and is not over: that one lasts longer
# than connections do, so that its record on the disk holds the lock. What counts is the kernel's lock on the open file; its text is for people, and for the same
# operator who comes again after a lost connection.
token=$1 holder=$2 silence=$3
lock=/run/baton-fleet.lock
umask 077
while :; do
    # Who can open a file can lock it, also for reading. One that others than root can open is an earlier version's: its
    # holder counts when that is a process of root's.
    if [ -e $lock ] && [ "$(stat -c %u:%a $lock)" != 0:600 ]; then
        read -r pid operator who < $lock
        if [ -n "$pid" ] && [ "$(stat -c %u "/proc/$pid" 2> /dev/null)" = 0 ]; then
            echo "held $who"
            exit 0
        fi
        rm -f $lock || exit 1
    fi
    exec 9>> $lock
    if ! flock --nonblock 9; then
        read -r pid operator who < $lock
        [ "$operator" = "$token" ] || {
            echo "held $who"
            exit 0
        }
        kill "$pid" 2> /dev/null
        flock --wait 5 9 || exit 1
    fi
    # Its last holder may have removed the file between our opening and locking it.
    [ "$(stat -Lc %i /proc/$$/fd/9)" = "$(stat -c %i $lock 2> /dev/null)" ] && break
done
record=/var/lib/baton/maintenance
said() { sed -n "s/^$1 //p" $record 2> /dev/null; }
if [ -e $record ]; then
    until=$(said until) now=$(date +%s)
    # One that lies further ahead than any can last is over too: the clock was set back.
    if [ "${until:-0}" -gt "$now" ] && [ "$until" -le $((now + 8 * 86400)) ]; then
        rm -f $lock
        echo "maintenance $(said of) is in maintenance (until $(date -u -d "@$until" +%Y-%m-%dT%H:%M:%SZ) at the latest, by $(said by))"
        exit 0
    fi
    rm -f $record
    rmdir --ignore-fail-on-non-empty "${record%/*}"
fi
echo "$$ $token $holder" > $lock
echo taken
alive() { exec 9>&-; timeout "$silence" head -c 1 | wc -c; }
while [ "$(alive)" -gt 0 ]; do :; done
# What this operator began and can end no more. It is a service of its own, so that no end of a session ends it; nobody else
# gets the lock meanwhile.
recovery=/run/baton-fleet.recovery
if [ -s $recovery ]; then
    echo "$$ - this node itself, which puts in order what $holder left," > $lock
    mv $recovery $recovery.$$
    systemd-run --quiet --collect --wait --unit="baton-recovery-$$" /bin/sh $recovery.$$
    rm -f $recovery.$$
fi
rm -f $lock
