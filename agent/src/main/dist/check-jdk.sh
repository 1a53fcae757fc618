#!/bin/sh
# Whether a runtime can be made of a JDK, on this machine and for hosts like it: check-jdk.sh DIR
# Says in one sentence why not. Prints its feature version, 17 or later.
set -eu
jdk=$1

refuse() {
    echo "The agent's runtime cannot be made of the JDK $jdk: $1" >&2
    exit 2
}

stated() { sed -n "s/^$1=\"\(.*\)\"/\1/p" "$jdk/release" 2> /dev/null; }

for tool in java jlink jar keytool; do
    [ -x "$jdk/bin/$tool" ] || refuse "there is no bin/$tool in it. Name the folder of a JDK, 17 or later: RUNTIME_JDK=DIR"
done
version=$(stated JAVA_VERSION)
feature=${version%%[!0-9]*}
[ "${feature:-0}" -ge 17 ] || refuse "it is Java ${version:-of an unknown version}, and the agent needs 17 or later"
case "$(stated OS_ARCH)" in
    "$(uname -m)" | '') ;;
    amd64 | x86_64) [ "$(uname -m)" = x86_64 ] || refuse "it is for $(stated OS_ARCH), and this machine is $(uname -m)" ;;
    *) refuse "it is for $(stated OS_ARCH), and this machine is $(uname -m). Build on a machine of that architecture" ;;
esac
case "$(stated LIBC)" in
    musl) refuse "it is built for the C library musl, and the agent's native libraries need glibc" ;;
esac
"$jdk/bin/java" -version > /dev/null 2>&1 || refuse "it does not run here; see what $jdk/bin/java -version says"
echo "$feature"
