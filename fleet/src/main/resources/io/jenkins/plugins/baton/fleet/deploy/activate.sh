# Switches a node to a release and to the waiting cluster file: activate.sh ID restart|reload
# What was there before is kept in /opt/baton/before for rollback.sh.
id=$1 how=$2
set -e
umask 022
before=/opt/baton/before
rm -rf $before
mkdir -p $before
readlink /opt/baton/current > $before/current 2> /dev/null || true
cp -p /etc/baton/cluster.yaml $before/ 2> /dev/null || true
cp -p /etc/systemd/system/baton-agent.service $before/ 2> /dev/null || true

getent passwd baton > /dev/null ||
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin baton
chmod 640 /etc/baton/cluster.yaml.new
chown root:baton /etc/baton /etc/baton/cluster.yaml.new
chmod 750 /etc/baton
mv /etc/baton/cluster.yaml.new /etc/baton/cluster.yaml

ln -sfn "releases/$id" /opt/baton/current.new
mv -T /opt/baton/current.new /opt/baton/current
cp "/opt/baton/current/systemd/baton-agent.service" /etc/systemd/system/baton-agent.service
systemctl daemon-reload
systemctl enable --quiet baton-agent.service
systemctl reset-failed baton-agent.service 2> /dev/null || true
systemctl "$how" baton-agent.service
