#!/bin/sh
# Makes the class archive (CDS) of a distribution: runs the agent and its commands once to learn which classes they
# load, adds the agent's own classes (VRRP does not run here: that takes privileges), and stores them as they are
# laid out in memory. That saves two thirds of the start time and the memory for parsing.
#   train.sh JAVA_HOME HOME WORK
set -eu
java_home=$1 home=$2 work=$3
rm -rf "$work"
mkdir -p "$work"

# Runs one command of the distribution and writes the classes it loaded to a list of its own.
learn() {
    list=$1
    shift
    BATON_JAVA_OPTIONS="-Xshare:off -XX:DumpLoadedClassList=$work/$list.classes" "$home/bin/baton-agent" "$@"
}

learn version --version > "$work/version.out"

for jar in "$home"/lib/baton-*.jar; do
    "$java_home/bin/jar" tf "$jar" | sed -n '/package-info\|module-info/d; s/\.class$//p'
done > "$work/own.classes"
cat "$work"/*.classes | awk '!seen[$0]++' > "$work/all.list"

BATON_JAVA_OPTIONS="-Xshare:dump -XX:SharedClassListFile=$work/all.list" \
    "$home/bin/baton-agent" > "$work/dump.log" 2>&1 || {
    cat "$work/dump.log"
    exit 1
}
