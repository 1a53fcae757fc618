#!/bin/sh
# Runs the agent and its commands of a distribution once, to learn which classes they load, and writes them to LIST.
# archive.sh makes the class archive of it. No two runs load quite the same classes; therefore the list of the JDK that
# releases are made with is part of the sources, and a build runs this for another JDK only.
# The agent runs in a network of its own where this machine lets it make one: there it can be MASTER, with a virtual
# address and rules of both data planes, and has a peer that takes over from it.
#   train.sh JAVA_HOME HOME WORK LIST
set -eu
java_home=$1 home=$2 work=$3 list=$4
here=$(cd "$(dirname "$0")" && pwd)

network() {
    if [ "$(id -u)" = 0 ]; then unshare --net "$@"; else unshare --user --map-root-user --net "$@"; fi
}

if [ "${BATON_TRAINING:-}" = '' ]; then
    rm -rf "$work"
    mkdir -p "$work"
    if ! network env BATON_TRAINING=holder "$0" "$@" > "$work/holder.log" 2>&1; then
        BATON_TRAINING=proxy "$0" "$@"
    fi
    exit
fi

started=
trap 'for process in $started; do kill "$process" 2> "$work/kill.log" || :; done' EXIT
export RUNTIME_DIRECTORY="$work/run"

# Makes the next command of the distribution write the classes it loads to a list of its own.
learn() {
    export BATON_JAVA_OPTIONS="-Xshare:off -XX:DumpLoadedClassList=$work/$1.classes"
}

# A node that can be MASTER, and a frontend of its virtual address that the kernel plane may serve. The other node is in a
# network that lasts as long as a process.
be_two_hosts() {
    unshare --net sleep 600 &
    other_host=$!
    started="$started $other_host"
    until [ "$(readlink "/proc/$other_host/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
    ip link set lo up
    ip link add eth0 type veth peer name eth0 netns "$other_host"
    ip link set eth0 up
    ip address add 192.0.2.1/24 dev eth0
    other_network=/proc/$other_host/ns/net
    nsenter --net="$other_network" ip link set lo up
    nsenter --net="$other_network" ip link set eth0 up
    nsenter --net="$other_network" ip address add 192.0.2.2/24 dev eth0
}

# An agent that does as much as it can. Checks through its own frontend to its own JMX port are answered by neither HTTP
# nor TLS, and so the classes for failures are learnt too.
write_cluster_file() {
    cat << END
nodes: [{name: build, address: 192.0.2.1, priority: 100}, {name: other, address: 192.0.2.2, priority: 90}]
frontends:
  - name: training
    bind: "127.0.0.1:$1"
    check: {type: tcp, interval: 200ms}
    backends: [{name: self, address: "127.0.0.1:$2"}]
END
    if [ "$BATON_TRAINING" = holder ]; then
        cat << END
  - {name: kube-apiserver, bind: "192.0.2.9:$1", check: {type: https, path: /, interval: 200ms}, backends: {port: $(($1 + 2))}}
virtualRouters:
  - {name: training, virtualRouterId: 1, interface: eth0, addresses: [192.0.2.9/32]}
END
    fi
    cat << END
checks:
  - {name: http, type: http, url: "http://127.0.0.1:$1/", interval: 200ms, weight: -1}
  - {name: https, type: https, url: "https://127.0.0.1:$1/", interval: 200ms, weight: -1}
  - {name: healthy, type: https, url: "https://127.0.0.1:$(($1 + 2))/", ca: "$work/ca.pem", interval: 200ms, weight: -1}
management: {jmxPort: $2}
END
}

start_server() {
    "$java_home/bin/keytool" -genkeypair -keyalg EC -groupname secp256r1 -dname CN=training -alias training \
        -storetype PKCS12 -keystore "$work/key.p12" -storepass training > "$work/keytool.log" 2>&1
    "$java_home/bin/keytool" -exportcert -rfc -alias training \
        -keystore "$work/key.p12" -storepass training > "$work/ca.pem" 2>> "$work/keytool.log"
    "$java_home/bin/java" "$here/TlsServer.java" "$work/key.p12" training "$1" > "$work/server.log" 2>&1 &
    started="$started $!"
}

# The machine that builds may use any port: a few are tried.
run_agent() {
    for try in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + try * 1009) % 20000))
        write_cluster_file "$port" "$((port + 1))" > "$work/cluster.yaml"
        rm -f "$work/key.p12"
        start_server "$((port + 2))"
        learn run
        "$home/bin/baton-agent" run --config "$work/cluster.yaml" --node build > "$work/run.log" 2>&1 &
        agent=$!
        started="$started $agent"
        while kill -0 "$agent" 2> "$work/kill.log"; do
            learn table
            if "$home/bin/baton-agent" status > "$work/status.out" 2>&1; then
                return
            fi
            sleep 0.2
        done
    done
    echo "The agent does not start on this machine:" >&2
    cat "$work/run.log" >&2
    exit 1
}

# Hears the first one, and takes over when that ends.
run_peer() {
    learn peer
    RUNTIME_DIRECTORY="$work/peer" nsenter --net="$other_network" \
        "$home/bin/baton-agent" run --config "$work/cluster.yaml" --node other > "$work/peer.log" 2>&1 &
    peer=$!
    started="$started $peer"
    until grep -q 'ready after' "$work/peer.log" || ! kill -0 "$peer" 2> "$work/kill.log"; do sleep 0.2; done
}

if [ "$BATON_TRAINING" = holder ]; then be_two_hosts; fi
run_agent
if [ "$BATON_TRAINING" = holder ]; then run_peer; fi
learn check
"$home/bin/baton-agent" check "$work/cluster.yaml" > "$work/check.out"
learn json
"$home/bin/baton-agent" status --json > "$work/json.out"
learn drain
"$home/bin/baton-agent" drain self > "$work/drain.out"
kill -HUP "$agent"
sleep 3
kill "$agent"
wait "$agent" || :
if [ "$BATON_TRAINING" = holder ]; then
    sleep 2
    kill "$peer"
    wait "$peer" || :
fi

# From Java 21 on a list numbers its classes, and two lists number them differently. Constants (@cp, from 24 on) would link
# classes of old compilers (picocli's), which are then left out of the archive. Proxies are made anew by each process.
sed '/^#/d; /^@cp /d; / source: /d; s/ id: [0-9]*$//; /^jdk\/proxy/d' "$work"/*.classes | LC_ALL=C sort -u > "$list"
