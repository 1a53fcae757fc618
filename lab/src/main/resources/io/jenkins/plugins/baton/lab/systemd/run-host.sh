# Runs one host until somebody ends this shell: run-host.sh MACHINE ROOT HOSTNAME
machine=$1 root=$2 hostname=$3

# A cgroup of its own in every hierarchy that systemd uses, else all hosts share one tree and kill each other's services.
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ -e "$hierarchy/cgroup.procs" ] || continue
    mkdir -p "$hierarchy/$machine"
    echo $$ > "$hierarchy/$machine/cgroup.procs"
done

# A host of its own network may set the parameters of that network, as a machine may.
export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network

# With --keep-unit nspawn leaves a reboot to its caller: it ends with status 133.
while :; do
    systemd-nspawn --quiet --boot --register=no --keep-unit --directory="$root" --machine="$machine" \
        --hostname="$hostname" --network-namespace-path="/run/netns/$machine" \
        --capability=CAP_NET_ADMIN,CAP_NET_RAW,CAP_SYS_NICE,CAP_IPC_LOCK
    [ $? = 133 ] || exit
done
