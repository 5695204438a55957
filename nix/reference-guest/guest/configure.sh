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
mkdir /etc/ssh/authorized_keys.d
rm -f /etc/ssh/ssh_host_*

# Again, for the WantedBy= of its drop-in.
systemctl --quiet disable ssh.service
systemctl --quiet enable systemd-networkd.service systemd-resolved.service systemd-timesyncd.service ssh.service
# The daemon starts when somebody connects.
systemctl --quiet disable nix-daemon.service
chmod 0755 /nix/var/nix/daemon-socket
# The loader entry on the ESP names this kernel; an upgrade would only take its modules away.
apt-mark hold "$(cd /boot && echo vmlinuz-* | sed 's/vmlinuz-/linux-image-/')" "linux-image-$(dpkg --print-architecture)" >/dev/null
# Of no use in a machine that lives for minutes or days, and in the way while it starts.
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
	e2scrub_reap.service fstrim.timer cloud-init-hotplugd.socket systemd-pstore.service sshd-keygen.service
# systemd runs every generator at boot and at each of the reloads that Lima's boot scripts ask for.
mkdir -p /etc/systemd/system-generators
for generator in debug gpt-auto hibernate-resume rc-local run system-update sysv tpm2; do
	ln -s /dev/null "/etc/systemd/system-generators/systemd-$generator-generator"
done

# What Lima's boot script would write, before it reloads systemd and restarts the resolver for it
# (50-reference-guest.conf comes later and decides).
printf '[Resolve]\nMulticastDNS=yes\n\n' >/etc/systemd/resolved.conf.d/00-lima-enable-mdns.conf

# Python drops a byte code file when its source's time differs, and mmdebstrap clamps times: cloud-init would compile
# everything at every boot. Such files hold for any time.
python3 -m compileall -q -f --invalidation-mode unchecked-hash /usr/lib/python3 /usr/lib/python3.*/

# An empty machine-id becomes a fresh one at boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/hostname /var/lib/systemd/random-seed
find /var/log -type f -delete
# systemd's "the system was updated" units (ldconfig, journal catalog) have nothing to do at the first boot.
/usr/lib/systemd/systemd-update-done
