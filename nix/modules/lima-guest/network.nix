# Network cards, name and name resolution.
{ config, lib, ... }:
let
  cfg = config.services.lima;
in
{
  options.services.lima = {
    hostName = lib.mkOption {
      type = lib.types.bool;
      default = config.networking.hostName == "";
      defaultText = lib.literalExpression ''config.networking.hostName == ""'';
      description = ''
        Whether the machine takes the name that Lima gives the instance (`lima-NAME`), at each boot. The default leaves a
        name that is set by {option}`networking.hostName` alone.
      '';
    };
    dns = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = ''
        Whether DNS queries to Lima's server are redirected to the port of the host at which Lima's resolver listens. Only
        QEMU with `hostResolver` needs it; under vz nothing is redirected. It is a rule of iptables.
      '';
    };
  };

  config = lib.mkIf cfg.enable {
    services.lima.omittedSteps =
      lib.optional (!cfg.hostName) "set-hostname" ++ lib.optional (!cfg.dns) "redirect-dns";

    networking.hostName = lib.mkDefault "";

    # systemd-networkd, to which the payload gives what lima.yaml wants of each card, and before that DHCP on all of them.
    networking.useNetworkd = lib.mkDefault true;
    environment.etc = lib.mapAttrs' (
      file: _: lib.nameValuePair "systemd/network/${file}" { source = ../../guest/network + "/${file}"; }
    ) (builtins.readDir ../../guest/network);
    # limactl's login attempts are repeated at growing intervals until the guest has its address.
    systemd.services.systemd-networkd.serviceConfig.StartupCPUWeight = lib.mkDefault 1000;
    # Lima needs none of the cards to be up before it goes on, so there is nothing to wait for.
    systemd.network.wait-online.enable = lib.mkDefault false;

    assertions = [
      {
        assertion = !(config.systemd.services ? dhcpcd);
        message = "services.lima: dhcpcd listens on UDP port 68 of all addresses, which Lima forwards, and the host would lose its own DHCP answers; set networking.useNetworkd = true.";
      }
      {
        assertion = config.systemd.network.enable;
        message = "services.lima: Lima's network settings are given to systemd-networkd; set networking.useNetworkd = true.";
      }
    ];
  };
}
