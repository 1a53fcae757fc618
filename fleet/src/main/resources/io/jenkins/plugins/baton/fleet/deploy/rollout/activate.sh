# Switches a node to a release and to the waiting cluster file: activate.sh ID restart|reload SECRET_FILE|"" TURN WHO
# What was there before is kept in /opt/baton/before for rollback.sh TURN. WHO deploys, for who finds the node in its turn.
id=$1 how=$2 secret=$3 turn=$4 who=$5
set -e
umask 022
if [ ! -e /etc/baton/cluster.yaml.new ]; then
    echo "what was prepared here is gone, since the connection of this deployment was lost meanwhile; deploy again" >&2
    exit 1
fi
# rollback.sh waits for the end of this, also when its operator is gone.
exec 8< /opt/baton
flock 8
# Under another name until it is whole: the node may lose its power at any moment.
before=/opt/baton/before.new
rm -rf $before /opt/baton/before
mkdir -p $before
echo "$turn" > $before/turn
readlink /opt/baton/current > $before/current 2> /dev/null || true
cp -p /etc/baton/cluster.yaml $before/ 2> /dev/null || true
cp -p /etc/systemd/system/baton-agent.service $before/ 2> /dev/null || true
systemctl is-enabled baton-agent.service > $before/enabled 2> /dev/null || true
systemctl is-active baton-agent.service > $before/active 2> /dev/null || true
sync
mv -T $before /opt/baton/before
before=/opt/baton/before
echo "its turn in the deployment by $who began at $(date -u +%Y-%m-%dT%H:%M:%SZ) and has not ended" > /opt/baton/interrupted

mv /etc/baton/cluster.yaml.new /etc/baton/cluster.yaml
if [ -n "$secret" ] && [ "$(stat -c %U:%G:%a "$secret")" = root:root:400 ]; then
    chown root:baton "$secret"
    chmod 440 "$secret"
fi

ln -sfn "releases/$id" /opt/baton/current.new
mv -T /opt/baton/current.new /opt/baton/current
cp "/opt/baton/current/systemd/baton-agent.service" /etc/systemd/system/baton-agent.service
systemctl daemon-reload
systemctl enable --quiet baton-agent.service
systemctl reset-failed baton-agent.service 2> /dev/null || true
systemctl "$how" baton-agent.service
