# The system's own users made by systemd-sysusers at boot.
{
  boot.initrd.systemd.enable = true;
  systemd.sysusers.enable = true;
}
