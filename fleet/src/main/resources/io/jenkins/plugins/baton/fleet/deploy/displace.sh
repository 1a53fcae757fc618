# Stops what moved the virtual address or took connections before us: displace.sh SERVICE ...
# What was stopped is written down for restore-pair.sh.
mkdir -p /opt/baton
for service in "$@"; do
    systemctl is-active --quiet "$service" || continue
    echo "$service" >> /opt/baton/displaced
    systemctl disable --quiet --now "$service" || exit 1
done
exit 0
