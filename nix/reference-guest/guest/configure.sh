# Runs as root inside the new root file system, after the packages and after the files of after-packages/.
# Environment: $rootLabel, $espLabel.
# shellcheck shell=sh disable=SC2154

cat >/etc/fstab <<END
LABEL=$rootLabel / ext4 defaults,x-systemd.growfs 0 1
LABEL=$espLabel /boot vfat umask=0077,noauto,x-systemd.automount,x-systemd.idle-timeout=1min 0 0
END

rm -f /etc/ssh/ssh_host_*

systemctl --quiet enable systemd-networkd.service systemd-resolved.service systemd-timesyncd.service ssh.service ssh-host-key.service
# The daemon starts when somebody connects.
systemctl --quiet disable nix-daemon.service
chmod 0755 /nix/var/nix/daemon-socket
# The loader entry on the ESP names this kernel; an upgrade would only take its modules away.
apt-mark hold "$(cd /boot && echo vmlinuz-* | sed 's/vmlinuz-/linux-image-/')" "linux-image-$(dpkg --print-architecture)" >/dev/null
# Of no use in a machine that lives for minutes or days, and in the way while it starts.
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
	e2scrub_reap.service fstrim.timer cloud-init-hotplugd.socket systemd-pstore.service sshd-keygen.service \
	modprobe@drm.service modprobe@dm_mod.service modprobe@loop.service modprobe@configfs.service sys-kernel-config.mount \
	getty@tty1.service serial-getty@hvc0.service serial-getty@ttyS0.service
# systemd runs every generator at boot and at each of the reloads that Lima's boot scripts ask for.
mkdir -p /etc/systemd/system-generators
for generator in debug gpt-auto hibernate-resume rc-local run system-update sysv tpm2; do
	ln -s /dev/null "/etc/systemd/system-generators/systemd-$generator-generator"
done
# cloud-init is there and asleep; ../cloud-init/install wakes it in the build that it is meant for.
ln -s /dev/null /etc/systemd/system-generators/cloud-init-generator

# Python drops a byte code file when its source's time differs, and mmdebstrap clamps times: cloud-init would compile
# everything at every boot. Such files hold for any time.
python3 -m compileall -q -f --invalidation-mode unchecked-hash /usr/lib/python3 /usr/lib/python3.*/

# An empty machine-id becomes a fresh one at boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/hostname /var/lib/systemd/random-seed
find /var/log -type f -delete
# systemd's "the system was updated" units (ldconfig, journal catalog) have nothing to do at the first boot.
/usr/lib/systemd/systemd-update-done
