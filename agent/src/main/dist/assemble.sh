#!/bin/sh
# Makes the distribution: a folder that runs on any Linux of this architecture, and the same as .tar.gz.
# Called by Maven when the jars lie in TARGET/jars and the native libraries in TARGET/natives.
#   assemble.sh JAVA_HOME DIST_SOURCES TARGET VERSION TIMESTAMP
set -eu
java_home=$1 sources=$2 target=$3 version=$4 timestamp=$5
home=$target/baton-agent
archive=$target/baton-agent-$version-linux-$(uname -m).tar.gz

# What the agent's jars need (jdeps), and what is found by name at run time: elliptic curves for TLS.
modules=java.base,java.logging,java.management,java.management.rmi,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported

rm -rf "$home" "$target"/baton-agent-*-linux-*.tar.gz
mkdir -p "$home/lib/native"
cp -R "$sources/bin" "$sources/systemd" "$home/"
cp "$sources"/options/*.options "$target"/jars/*.jar "$target/baton-agent-$version.jar" "$home/lib/"
find "$target/natives" -name '*.so' -exec cp {} "$home/lib/native/" \;
chmod 755 "$home/bin/baton-agent" "$home"/lib/native/*.so

# Uncompressed: the image is mapped, not read, and the archive is compressed anyway.
"$java_home/bin/jlink" --add-modules "$modules" --output "$home/runtime" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress=0

# File descriptor 9 is the folder: see bin/baton-agent.
class_path=$(cd "$home" && printf '/proc/self/fd/9/%s\n' lib/*.jar | paste -sd: -)
printf -- '-cp\n%s\n' "$class_path" >> "$home/lib/java.options"

# The class archive notes the time stamps of the jars: they are set before it is made, and tar keeps them.
find "$home" -exec touch -h -d "$timestamp" {} +
"$sources/train/train.sh" "$java_home" "$home" "$target/training"
touch -d "$timestamp" "$home/lib" "$home"/lib/*.jsa

tar -C "$target" --sort=name --owner=0 --group=0 --numeric-owner --mode=u+w,go-w --format=gnu \
    -cf - baton-agent | gzip -n > "$archive"
