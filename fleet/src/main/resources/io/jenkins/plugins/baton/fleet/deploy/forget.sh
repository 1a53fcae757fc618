# Takes away what was prepared for a turn that never came: forget.sh ID yes|no SECRET_FILE|""
# yes: the release was brought by this deployment. A key file is named on a node that had nothing of ours. What is in use
# stays, and what a node had before.
id=$1 brought=$2 secret=$3
rm -f /etc/baton/cluster.yaml.new /opt/baton/interrupted "/opt/baton/releases/.$id.part"
rm -rf "/opt/baton/releases/.$id.tmp"
if [ "$brought" = yes ] && [ "$(readlink /opt/baton/current)" != "releases/$id" ]; then
    rm -rf "/opt/baton/releases/$id"
fi
if [ -n "$secret" ] && [ ! -e /opt/baton/current ] && grep -q '^# Made by baton deploy' "$secret" 2> /dev/null; then
    rm -f "$secret"
fi
if [ ! -e /opt/baton/current ]; then
    if [ -e /opt/baton/user-made ]; then
        # What it was asked may be about to end; after three seconds it is given up.
        for attempt in 1 2 3 4 5 6; do
            userdel baton 2> /dev/null && break
            sleep 0.5
        done
        getent passwd baton > /dev/null && userdel --force baton
    fi
    rm -f /opt/baton/user-made /opt/baton/user-was-there
fi
rmdir --ignore-fail-on-non-empty /opt/baton/releases /opt/baton /etc/baton 2> /dev/null
exit 0
