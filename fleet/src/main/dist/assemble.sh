#!/bin/sh
# Lays out the operator's program: assemble.sh DIST_SOURCES TARGET JAR AGENT_TARGET NOTICES
# The agent's release goes with it, so that `baton deploy` needs nothing else.
set -eu
sources=$1 target=$2 jar=$3 agent=$4 notices=$5
home=$target/baton

rm -rf "$home"
mkdir -p "$home/lib" "$home/agent"
cp -R "$sources/bin" "$home/"
cp "$target"/jars/*.jar "$jar" "$home/lib/"
for archive in "$agent"/baton-agent-*-linux-*.tar.gz; do
    [ -f "$archive" ] && cp "$archive" "$home/agent/"
done
chmod 755 "$home/bin/baton"
"$notices" "$target/third-party" "$home"
