systemctl kill --kill-whom=all --signal=STOP "$agent"
