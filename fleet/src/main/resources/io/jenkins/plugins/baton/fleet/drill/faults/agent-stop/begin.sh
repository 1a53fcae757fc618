systemctl stop "$agent"
