# What mounts and additional disks need: modules for 9p (QEMU) and virtiofs (vz), sshfs for reverse-sshfs, which the host
# mounts as the user and lets others read.
{
  config,
  lib,
  options,
  pkgs,
  ...
}:
{
  config = lib.mkIf config.services.lima.enable {
    # isofs: the cidata disk.
    boot.kernelModules = [
      "9p"
      "9pnet_virtio"
      "isofs"
      "virtiofs"
    ];

    programs.fuse = {
      userAllowOther = true;
    }
    # Older NixOS has FUSE without asking.
    // lib.optionalAttrs (options.programs.fuse ? enable) { enable = true; };

    # rsync: `limactl copy` and `limactl shell --sync`.
    environment.systemPackages = [
      pkgs.rsync
      pkgs.sshfs
    ];
  };
}
