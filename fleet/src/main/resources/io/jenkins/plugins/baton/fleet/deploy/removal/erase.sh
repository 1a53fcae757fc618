# Takes the files and the user of an agent that has ended off a node: erase.sh SECRET_FILE|""
# A key file that no deployment made, and a user that was there before, stay.
secret=$1
rm -f /etc/systemd/system/baton-agent.service
systemctl daemon-reload
systemctl reset-failed baton-agent.service 2> /dev/null
if [ -n "$secret" ] && grep -q '^# Made by baton deploy' "$secret" 2> /dev/null; then
    rm -f "$secret"
fi
keep=no
[ -e /opt/baton/user-was-there ] && keep=yes
rm -rf /opt/baton /run/baton /var/lib/baton /etc/baton/cluster.yaml /etc/baton/cluster.yaml.new
case $secret in
    /etc/baton/*) rmdir --ignore-fail-on-non-empty -p "$(dirname "$secret")" 2> /dev/null ;;
esac
if [ -n "$secret" ] && [ -e "$secret" ]; then
    echo "its key file $secret was not made by a deployment and stays"
elif [ -d /etc/baton ]; then
    rm -rf /etc/baton
fi
if [ $keep = yes ]; then
    echo "its user baton was there before the first deployment and stays"
elif getent passwd baton > /dev/null; then
    # What it was asked may be about to end; after three seconds it is given up.
    for attempt in 1 2 3 4 5 6; do
        userdel baton 2> /dev/null && exit 0
        sleep 0.5
    done
    userdel --force baton || exit 1
fi
exit 0
