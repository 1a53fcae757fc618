#!/bin/sh
# Makes the distribution: a folder that runs on any Linux of this architecture that has what its REQUIREMENTS state, and
# the same as .tar.gz. Called by Maven when the jars lie in TARGET/jars and the native libraries in TARGET/natives.
#   assemble.sh RUNTIME_JDK DIST_SOURCES TARGET VERSION TIMESTAMP NOTICES
# Of RUNTIME_JDK comes the runtime: it decides how old a host's C library may be.
set -eu
java_home=$1 sources=$2 target=$3 version=$4 timestamp=$5 notices=$6
feature=$("$sources/check-jdk.sh" "$java_home")
home=$target/baton-agent
archive=$target/baton-agent-$version-linux-$(uname -m).tar.gz

# What the agent's jars need (jdeps), and what is found by name at run time: elliptic curves for TLS.
modules=java.base,java.logging,java.management,java.management.rmi,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported

rm -rf "$home" "$target"/baton-agent-*-linux-*.tar.gz
mkdir -p "$home/lib/native"
cp -R "$sources/bin" "$sources/systemd" "$home/"
cp "$sources"/options/java.options "$sources"/options/daemon.options "$sources"/options/client.options "$home/lib/"
architecture=$sources/options/$(uname -m).options
[ ! -f "$architecture" ] || cat "$architecture" >> "$home/lib/daemon.options"
[ "$feature" -lt 24 ] || cat "$sources/options/from-24.options" >> "$home/lib/java.options"
cp "$target"/jars/*.jar "$target/baton-agent-$version.jar" "$home/lib/"
find "$target/natives" -name '*.so' -exec cp {} "$home/lib/native/" \;
chmod 755 "$home/bin/baton-agent" "$home"/lib/native/*.so

# Without the plugin that writes classes for method handles: whether it comes before or after the one that strips classes is left
# to chance, and the class archive has what the agent uses of them.
# Uncompressed: the image is mapped, not read, and the archive is compressed anyway.
if [ "$feature" -lt 21 ]; then compress=0; else compress=zip-0; fi
"$java_home/bin/jlink" --add-modules "$modules" --output "$home/runtime" \
    --strip-java-debug-attributes --disable-plugin generate-jli-classes --no-header-files --no-man-pages --compress="$compress"

# What a host must have; `baton deploy` compares before it uploads. The C library: the latest symbol version among those
# that the ELF files of runtime and native libraries name (man 5 elf, .gnu.version_r; the names stand in them as text).
# The kernel: capabilities of a service that is not root came with 4.3, mlockall(MCL_ONFAULT) with 4.4.
glibc=$(grep -rhaoE 'GLIBC_[0-9]+(\.[0-9]+)+' "$home/runtime" "$home/lib/native" | sort -Vu | tail -n 1)
cat > "$home/REQUIREMENTS" << END
architecture=$(uname -m)
glibc=${glibc#GLIBC_}
kernel=4.4
java=$feature
END

"$notices" "$target/third-party" "$home"

# File descriptor 9 is the folder: see bin/baton-agent.
class_path=$(cd "$home" && printf '/proc/self/fd/9/%s\n' lib/*.jar | paste -sd: -)
printf -- '-cp\n%s\n' "$class_path" >> "$home/lib/java.options"

# The class archive notes the time stamps of the jars: they are set before it is made, and tar keeps them.
find "$home" -exec touch -h -d "$timestamp" {} +
classes=$sources/train/classes-$feature.list
if [ ! -f "$classes" ]; then
    classes=$target/training/classes.list
    "$sources/train/train.sh" "$java_home" "$home" "$target/training" "$classes"
fi
"$sources/train/archive.sh" "$java_home" "$home" "$classes" "$target/training"
touch -d "$timestamp" "$home/lib" "$home"/lib/*.jsa

tar -C "$target" --sort=name --owner=0 --group=0 --numeric-owner --mode=u+w,go-w --format=gnu \
    -cf - baton-agent | gzip -n > "$archive"
