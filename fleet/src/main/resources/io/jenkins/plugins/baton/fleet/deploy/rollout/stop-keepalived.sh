# Stops what moved the virtual address or took connections before us: stop-keepalived.sh SERVICE ...
# What was stopped, and whether it was to start at boot, is written down for restore-pair.sh.
mkdir -p /opt/baton
for service in "$@"; do
    systemctl is-active --quiet "$service" || continue
    echo "$service $(systemctl is-enabled "$service" 2> /dev/null)" >> /opt/baton/displaced
    systemctl disable --quiet --now "$service" || exit 1
done
exit 0
