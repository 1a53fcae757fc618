# Writes down for the next operator what became of this node when a deployment lost its operator: note.sh WHO WHAT FAILED
# The variable failed tells whether something of it failed; then FAILED is what became of the node. A bare host stays bare.
[ -e /opt/baton/current ] || exit 0
what=$2
[ -z "$failed" ] || what=$3
echo "the deployment by $1 lost its operator at $(date -u +%Y-%m-%dT%H:%M:%SZ): this node $what" > /opt/baton/interrupted
