# config.system.build.limaDisk: the raw disk of a NixOS configuration, made by systemd-repart. The builder needs neither KVM
# nor root, only user namespaces.
#
# nixpkgs' image/repart.nix makes the same calls, but only copies from the store, where every folder is read-only; what is
# written on the running system (the Nix database, /nix/var, /etc) is laid out with its real modes by build-disk.sh.
{
  config,
  lib,
  modulesPath,
  pkgs,
  ...
}:
let
  inherit (pkgs.stdenv.hostPlatform) efiArch;
  root = config.fileSystems."/";
  espMountPoint = config.boot.loader.efi.efiSysMountPoint;
  espDevice = config.fileSystems.${espMountPoint}.device or null;
in
{
  imports = [ (modulesPath + "/image/file-options.nix") ];

  # What the image is and what the system inside expects have to be the same, or it does not boot. An image variant
  # evaluates its own toplevel, so these hold for the image alone.
  assertions = [
    {
      assertion = root.device == "/dev/disk/by-label/nixos" && root.fsType == "ext4";
      message = ''
        The Lima image has an ext4 root file system with the label nixos, but fileSystems."/" is ${root.fsType} on ${toString root.device}.
        Remove that definition: the module lima-base has the right one.
      '';
    }
    {
      assertion = espDevice == "/dev/disk/by-label/ESP";
      message = ''
        The Lima image has its EFI system partition at /dev/disk/by-label/ESP, but fileSystems."${espMountPoint}" is ${
          if espDevice == null then "not there" else "on ${espDevice}"
        }.
        Leave both to the module lima-base: boot.loader.efi.efiSysMountPoint and that file system.
      '';
    }
    {
      assertion = config.boot.loader.systemd-boot.enable;
      message = "The Lima image starts by systemd-boot: set boot.loader.systemd-boot.enable, as the module lima-base does.";
    }
    {
      assertion = config.boot.initrd.secrets == { };
      message = "The Lima image cannot hold boot.initrd.secrets: what is in the image is in the Nix store, readable for everybody.";
    }
  ];

  system.build.limaDisk = pkgs.stdenvNoCC.mkDerivation {
    name = "lima-disk";
    __structuredAttrs = true;
    # The disk holds its closure; it does not need it a second time beside it.
    unsafeDiscardReferences.out = true;

    nativeBuildInputs = with pkgs; [
      dosfstools
      e2fsprogs
      fakeroot
      jq
      mtools
      nix
      sqlite
      systemd
      util-linux
    ];

    inherit (config.system.build) toplevel;
    closure = pkgs.closureInfo { rootPaths = [ config.system.build.toplevel ]; };
    bootLoader = "${config.systemd.package}/lib/systemd/boot/efi/systemd-boot${efiArch}.efi";
    loaderTimeout =
      if config.boot.loader.timeout == null then "menu-force" else toString config.boot.loader.timeout;
    partitions = ./repart.d;
    architecture =
      {
        x64 = "x86-64";
        aa64 = "arm64";
      }
      .${efiArch};
    # Fixed, so that two builds give the same partition and file system ids.
    seed = "0bd2b0c4-5a83-4f0e-8b0e-6d1f7f4f6f0a";
    fileName = "${config.image.baseName}.raw";

    buildCommandPath = ./build-disk.sh;
  };
}
