# Puts a node back to the release, cluster file and unit that activate.sh found, and to what it found of the service:
# rollback.sh TURN
before=/opt/baton/before
exec 8< /opt/baton
flock --wait 120 8
# activate.sh has changed nothing yet in this turn, or it is a second try after the first one's answer was lost.
[ "$(cat $before/turn 2> /dev/null)" = "$1" ] || exit 0
set -e
ln -sfn "$(cat $before/current)" /opt/baton/current.new
mv -T /opt/baton/current.new /opt/baton/current
cp -p $before/cluster.yaml /etc/baton/cluster.yaml
cp -p $before/baton-agent.service /etc/systemd/system/baton-agent.service
systemctl daemon-reload
systemctl reset-failed baton-agent.service 2> /dev/null || true
[ "$(cat $before/enabled)" = enabled ] || systemctl disable --quiet baton-agent.service
case $(cat $before/active) in
    inactive | failed) systemctl stop baton-agent.service ;;
    *) systemctl restart baton-agent.service ;;
esac
rm -rf $before
rm -f /opt/baton/interrupted
