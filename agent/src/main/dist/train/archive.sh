#!/bin/sh
# Makes the class archive (CDS) of a distribution: the classes of a list and all of the agent, for a takeover must not wait for a
# jar, as they are laid out in memory. That saves most of the start time, and the memory for parsing. What is in the archive and
# not used takes memory too: it is between what is used.
#   archive.sh JAVA_HOME HOME LIST WORK
# The same distribution and list give the same bytes where this machine permits what that needs:
# - The JVM leaves some of its own pointers in the archive: no address space randomisation, the same paths and environment.
# - Its compiler and finalizer threads race with the main one: no compiler, one processor, and each thread runs until it waits.
set -eu
java_home=$1 home=$2 list=$3 work=$4

# A view of the file system in which the distribution is at a path that every Linux has.
view() {
    if [ "$(id -u)" = 0 ]; then unshare --mount "$@"; else unshare --user --map-root-user --mount "$@"; fi
}

mkdir -p "$work"
{
    cat "$list"
    for jar in "$home"/lib/baton-agent-*.jar; do
        "$java_home/bin/jar" tf "$jar" | sed -n '/package-info\|module-info/d; s/\.class$//p'
    done
} | awk '!seen[$0]++' > "$home/lib/all.classes"

# shellcheck disable=SC2016 # $1 is for the shell that runs it
dump='exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    BATON_JAVA_OPTIONS="-Xint -Xshare:dump -XX:SharedClassListFile=$1/lib/all.classes" "$1/bin/baton-agent"'
processor=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
alone="setarch -R taskset -c $processor chrt --fifo 1"

# shellcheck disable=SC2086 # $alone is a command and its arguments
if view $alone mount --bind "$home" /mnt > "$work/view.log" 2>&1; then
    # shellcheck disable=SC2016
    view sh -c 'mount --bind "$1" /mnt && cd / && exec '"$alone"' sh -c "$2" dump /mnt' view "$home" "$dump" > "$work/dump.log" 2>&1
else
    echo "The class archive of this build differs from any other's: $(head -n 1 "$work/view.log")" >&2
    sh -c "$dump" dump "$home" > "$work/dump.log" 2>&1
fi || {
    cat "$work/dump.log" >&2
    exit 1
}
rm "$home/lib/all.classes"
