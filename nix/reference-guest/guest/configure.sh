# Runs as root inside the new root file system, after the packages and after the files of after-packages/.
# Environment: $rootLabel, $espLabel.
# shellcheck shell=sh disable=SC2154

cat >/etc/fstab <<END
LABEL=$rootLabel / ext4 defaults,x-systemd.growfs 0 1
LABEL=$espLabel /boot vfat umask=0077,noauto,x-systemd.automount,x-systemd.idle-timeout=1min 0 0
END

# Keys that log in do not lie in the home: a template may mount the host's ~/.ssh over it, read-only. In the main file
# because cloud-init, which writes them, reads no other.
sed -i '1i AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u .ssh/authorized_keys\
HostKey /etc/ssh/ssh_host_ed25519_key\
PasswordAuthentication no\
PermitRootLogin no\
' /etc/ssh/sshd_config
mkdir -p -m 0755 /etc/ssh/authorized_keys.d
rm -f /etc/ssh/ssh_host_*

systemctl --quiet enable systemd-networkd.service systemd-resolved.service systemd-timesyncd.service ssh.service
# Of no use in a machine that lives for minutes or days, and in the way while it starts.
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
	e2scrub_reap.service fstrim.timer cloud-init-hotplugd.socket systemd-pstore.service

# An empty machine-id becomes a fresh one at boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/hostname /var/lib/systemd/random-seed
find /var/log -type f -delete
