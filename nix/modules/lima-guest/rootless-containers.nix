# What rootless containers expect of a guest, as on the guests that Lima itself offers.
{ config, lib, ... }:
let
  cfg = config.services.lima;
in
{
  config = lib.mkIf cfg.enable {
    # The activation of users writes /etc/subuid and /etc/subgid anew. At boot it comes before the cidata disk.
    system.activationScripts.lima-sub-ids = lib.stringAfter [ "users" ] ''
      [ ! -e /mnt/lima-cidata/lima.env ] || ${cfg.libexec}/steps/grant-sub-ids
    '';

    # Ports below 1024. The ping that they need as well is NixOS's own default.
    boot.kernel.sysctl."net.ipv4.ip_unprivileged_port_start" = lib.mkDefault 0;
    # All cgroup controllers.
    systemd.services."user@".serviceConfig.Delegate = lib.mkDefault "yes";
  };
}
