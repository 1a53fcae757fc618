# Arms a fault and its end on this node: arm.sh SCENARIO TOKEN REVERT_SECONDS INTERFACE "PEER ..." "PORT ..." PREPARE BEGIN REVERT
# The last three are scripts of the scenario: the first runs now, while all is whole, and may leave files in $place.
# The end is a timer of systemd that is set before the fault begins, so that nobody is needed for it. The fault begins
# half a second later, on its own, since it may take away the connection that this came by. Prints that instant.
scenario=$1 token=$2 seconds=$3 interface=$4 peers=$5 ports=$6 prepare=$7 begin=$8 revert=$9
set -e
place=/run/baton-drill-$token
mkdir -p "$place"
echo "$scenario" > "$place/name"

# What the scripts of a scenario may use.
cat > "$place/context.sh" << CONTEXT
place='$place' interface='$interface' peers='$peers' ports='$ports'
CONTEXT
cat >> "$place/context.sh" << 'CONTEXT'
table=baton_drill
agent=baton-agent.service
# A list for nft: a, b, c.
list() { echo "$@" | tr ' ' ','; }
# Addresses of one family among the peers.
v4() { for peer in $peers; do case $peer in *:*) ;; *) echo "$peer" ;; esac; done; }
v6() { for peer in $peers; do case $peer in *:*) echo "$peer" ;; esac; done; }
CONTEXT

# A script of the scenario in its context; $1 is its text.
script() {
    echo ". $place/context.sh"
    printf '%s\n' "$1"
}
script "$prepare" > "$place/prepare.sh"
script "$begin" > "$place/fault.sh"
{
    script "$revert"
    echo "rm -rf $place"
} > "$place/revert.sh"
/bin/sh "$place/prepare.sh"
systemd-run --quiet --collect --unit="baton-drill-$token" --on-active="$seconds" \
    --timer-property=AccuracySec=100ms /bin/sh "$place/revert.sh"

at=$(($(date +%s%N) + 500000000))
cat > "$place/begin.sh" << BEGIN
left=\$(($at - \$(date +%s%N)))
[ \$left -gt 0 ] && sleep "0.\$(printf %09d \$left)"
/bin/sh $place/fault.sh > $place/said 2>&1 || mv $place/said $place/failed
BEGIN
systemd-run --quiet --collect --no-block --unit="baton-drill-$token-fault" /bin/sh "$place/begin.sh"
echo "$at"
