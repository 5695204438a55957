# services.lima: what makes a NixOS system a guest of Lima (1.2 to 2.2, vz and QEMU). It needs no cloud-init.
#
# The work is done by the payload in ../guest, which the reference guest uses as well; this module brings it, runs its units,
# and makes NixOS look where the payload writes, below /run/lima. One concern a file.
{ lib, ... }:
{
  imports = [
    ./lima-guest/certificates.nix
    ./lima-guest/consoles.nix
    ./lima-guest/environment.nix
    ./lima-guest/hosts.nix
    ./lima-guest/login.nix
    ./lima-guest/mounts.nix
    ./lima-guest/network.nix
    ./lima-guest/provisioning.nix
    ./lima-guest/rosetta.nix
    ./lima-guest/rootless-containers.nix
    ./lima-guest/ssh-over-vsock.nix
    ./lima-guest/sudo.nix
    ./lima-guest/units.nix
    ./lima-guest/users.nix
  ];

  options.services.lima.enable = lib.mkOption {
    type = lib.types.bool;
    default = false;
    description = ''
      Whether this system acts as a guest of Lima: it makes the user of {file}`lima.yaml`, admits its login keys, mounts,
      provisions, runs the guest agent and tells limactl when it is ready. On a machine that Lima did not start, nothing of
      this happens, except that the login keys and the sudo rule of the last start by Lima stay valid.
    '';
  };
}
