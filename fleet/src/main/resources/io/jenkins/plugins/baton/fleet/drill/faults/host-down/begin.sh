systemctl --force --force reboot
