# Makes the agent's user, if there is none yet, and lets it read the waiting cluster file.
# A user that was there before anything of ours is left by erase.sh; one that was made is remembered, because a deployment
# that is refused takes it away again.
set -e
umask 022
if ! getent passwd baton > /dev/null; then
    touch /opt/baton/user-made
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin baton
elif [ ! -e /opt/baton/current ] && [ ! -e /opt/baton/user-made ]; then
    touch /opt/baton/user-was-there
fi
chmod 640 /etc/baton/cluster.yaml.new
chown root:baton /etc/baton /etc/baton/cluster.yaml.new
chmod 750 /etc/baton
