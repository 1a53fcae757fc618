# Ends a fault before its timer does: revert.sh TOKEN. A second time it does nothing.
# Prints what the fault itself said when it failed: then nothing was tried out.
token=$1
place=/run/baton-drill-$token
systemctl stop "baton-drill-$token-fault.service" 2> /dev/null
[ -f "$place/failed" ] && cat "$place/failed"
[ -f "$place/revert.sh" ] && sh "$place/revert.sh"
systemctl stop "baton-drill-$token.timer" 2> /dev/null
rm -rf "$place"
exit 0
