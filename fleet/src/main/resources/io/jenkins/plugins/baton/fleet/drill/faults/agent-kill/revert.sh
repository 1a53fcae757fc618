systemctl start "$agent"
