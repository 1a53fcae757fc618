systemctl kill --kill-whom=all --signal=KILL "$agent"
