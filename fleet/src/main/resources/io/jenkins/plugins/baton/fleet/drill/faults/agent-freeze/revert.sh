systemctl kill --kill-whom=all --signal=CONT "$agent"
systemctl start "$agent"
