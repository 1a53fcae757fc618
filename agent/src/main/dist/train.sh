#!/bin/sh
# Makes the class archive (CDS) of a distribution: runs the agent and its commands once to learn which classes they
# load, adds those of VRRP (it does not run here: that takes privileges), and stores them as they are
# laid out in memory. That saves most of the start time, and the memory for parsing.
#   train.sh JAVA_HOME HOME WORK
set -eu
java_home=$1 home=$2 work=$3
agent=
trap 'if [ -n "$agent" ]; then kill "$agent" 2> "$work/kill.log" || :; fi' EXIT
rm -rf "$work"
mkdir -p "$work"
export RUNTIME_DIRECTORY="$work/run"

# Makes the next command of the distribution write the classes it loads to a list of its own.
learn() {
    export BATON_JAVA_OPTIONS="-Xshare:off -XX:DumpLoadedClassList=$work/$1.classes"
}

# An agent that does as much as it can without privileges. Its checks go through its own frontend to its own JMX
# port: that answers neither HTTP nor TLS, and so the classes for failures are learnt too.
write_cluster_file() {
    cat > "$work/cluster.yaml" << END
nodes: [{name: build, address: 192.0.2.1, priority: 100}]
frontends:
  - name: training
    bind: "127.0.0.1:$1"
    check: {type: tcp, interval: 200ms}
    backends: [{name: self, address: "127.0.0.1:$2"}]
checks:
  - {name: http, type: http, url: "http://127.0.0.1:$1/", interval: 200ms, weight: -1}
  - {name: https, type: https, url: "https://127.0.0.1:$1/", interval: 200ms, weight: -1}
management: {jmxPort: $2}
END
}

# The machine that builds may use any port: a few are tried.
run_agent() {
    for try in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + try * 1009) % 20000))
        write_cluster_file "$port" "$((port + 1))"
        learn run
        "$home/bin/baton-agent" run --config "$work/cluster.yaml" --node build > "$work/run.log" 2>&1 &
        agent=$!
        while kill -0 "$agent" 2> "$work/kill.log"; do
            learn table
            if "$home/bin/baton-agent" status > "$work/status.out" 2>&1; then
                return
            fi
            sleep 0.2
        done
        agent=
    done
    echo "The agent does not start on this machine:" >&2
    cat "$work/run.log" >&2
    exit 1
}

run_agent
learn check
"$home/bin/baton-agent" check "$work/cluster.yaml" > "$work/check.out"
learn json
"$home/bin/baton-agent" status --json > "$work/json.out"
learn drain
"$home/bin/baton-agent" drain self > "$work/drain.out"
kill -HUP "$agent"
sleep 1
kill "$agent"
wait "$agent"
agent=

for jar in "$home"/lib/baton-agent-*.jar; do
    "$java_home/bin/jar" tf "$jar" | sed -n '/package-info/d; /agent\/\(linux\|router\|vrrp\)\//s/\.class$//p'
done > "$work/own.classes"
cat "$work"/*.classes | awk '!seen[$0]++' > "$work/all.list"

BATON_JAVA_OPTIONS="-Xshare:dump -XX:SharedClassListFile=$work/all.list" \
    "$home/bin/baton-agent" > "$work/dump.log" 2>&1 || {
    cat "$work/dump.log" >&2
    exit 1
}
