# ssh over vsock, which limactl tries first under vz: it needs no network in the guest.
{ config, lib, ... }:
let
  cfg = config.services.lima;
  openssh = config.programs.ssh.package;
in
{
  options.services.lima.sshOverVsock = lib.mkOption {
    type = lib.types.bool;
    default = true;
    description = ''
      Whether sshd also answers at vsock port 22, which only the host can reach. limactl prefers it under vz, and falls back
      to the network. QEMU has no use for it.
    '';
  };

  config = lib.mkIf (cfg.enable && cfg.sshOverVsock) {
    boot.kernelModules = [ "vmw_vsock_virtio_transport" ];

    # systemd's own offer would take the same port. It works in NixOS from 26.05 on, and only where /dev/vsock exists before
    # the generators run.
    systemd.generators.systemd-ssh-generator = "/dev/null";

    systemd.sockets.lima-ssh-vsock = {
      description = "Lima: ssh over vsock";
      wantedBy = [ "sockets.target" ];
      after = [
        "lima-keys.service"
        "lima-login.service"
      ];
      unitConfig.ConditionPathExists = "/dev/vsock";
      socketConfig = {
        ListenStream = "vsock::22";
        Accept = true;
        TriggerLimitIntervalSec = 0;
      };
    };
    systemd.services."lima-ssh-vsock@" = {
      description = "Lima: an ssh connection over vsock";
      # Either of them makes the host keys, by the version of NixOS.
      after = [
        "sshd-keygen.service"
        "sshd.service"
      ];
      # A rebuild may run in such a connection.
      restartIfChanged = false;
      path = [ openssh ];
      environment.LD_LIBRARY_PATH = config.system.nssModules.path;
      serviceConfig = {
        ExecStart = "-${openssh}/bin/sshd -i -D -f /etc/ssh/sshd_config";
        KillMode = "process";
        StandardInput = "socket";
        StandardError = "journal";
      };
    };
  };
}
