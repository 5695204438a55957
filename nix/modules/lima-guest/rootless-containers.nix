# What rootless containers expect of a guest, as on the guests that Lima itself offers.
{ config, lib, ... }:
{
  config = lib.mkIf config.services.lima.enable {
    # Ports below 1024. The ping that they need as well is NixOS's own default.
    boot.kernel.sysctl."net.ipv4.ip_unprivileged_port_start" = lib.mkDefault 0;
    # All cgroup controllers.
    systemd.services."user@".serviceConfig.Delegate = lib.mkDefault "yes";
  };
}
