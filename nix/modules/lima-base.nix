# The base of every NixOS guest that Lima boots, on vz and on QEMU, for x86_64 and aarch64: disks, boot loader, console,
# network and a few programs. What makes the system a guest of Lima is ./lima-guest.nix.
{
  lib,
  modulesPath,
  pkgs,
  ...
}:

{
  imports = [
    (modulesPath + "/profiles/qemu-guest.nix")
    ./lima-guest.nix
  ];

  services.lima.enable = true;

  # UEFI only. Each instance starts with empty firmware variables, so the boot loader must lie at the removable path,
  # where systemd-boot puts itself, and must not need a variable.
  boot.loader.systemd-boot.enable = true;
  # Each generation costs the ESP a kernel and an initrd.
  boot.loader.systemd-boot.configurationLimit = lib.mkDefault 3;
  boot.loader.efi.canTouchEfiVariables = false;
  boot.loader.timeout = lib.mkDefault 0;

  # Labels, because Lima moves disks: the boot disk is vda, its cidata is sr0 under QEMU and vdb or later under vz.
  # mkDefault, because nixpkgs' image variants bring file systems of their own.
  fileSystems."/" = {
    device = lib.mkDefault "/dev/disk/by-label/nixos";
    fsType = lib.mkDefault "ext4";
    autoResize = lib.mkDefault true;
  };
  fileSystems."/boot" = {
    device = lib.mkDefault "/dev/disk/by-label/ESP";
    fsType = lib.mkDefault "vfat";
    options = [ "umask=0077" ];
  };
  # The image is small; the instance's disk is what the template asks for.
  boot.growPartition = lib.mkDefault true;
  zramSwap.enable = lib.mkDefault true;

  # What Lima's two drivers present: disks, and cidata (iso9660 on virtio-scsi or virtio-blk).
  boot.initrd.availableKernelModules = [
    "virtio_pci"
    "virtio_mmio"
    "virtio_blk"
    "virtio_scsi"
    "sr_mod"
    "isofs"
  ];

  # The last one is /dev/console. hvc0 exists under both drivers and is what Lima keeps as serialv.log; under vz the boot
  # stalls without tty0.
  boot.kernelParams = [
    "console=tty0"
    (if pkgs.stdenv.hostPlatform.isAarch64 then "console=ttyAMA0" else "console=ttyS0")
    "console=hvc0"
  ];

  # The network is the user-mode one of the host.
  networking.firewall.enable = lib.mkDefault false;
  # Lima would forward the ports of link-local name resolution to the host, where two VMs collide.
  services.resolved.enable = true;
  environment.etc."systemd/resolved.conf.d/50-lima.conf".text = ''
    [Resolve]
    LLMNR=no
    MulticastDNS=no
  '';

  services.openssh = {
    enable = true;
    settings = {
      PasswordAuthentication = false;
      KbdInteractiveAuthentication = false;
      PermitRootLogin = "no";
    };
  };

  nix.settings = {
    experimental-features = [
      "nix-command"
      "flakes"
    ];
    trusted-users = [
      "root"
      "@wheel"
    ];
  };
  # Without it the whole of nixpkgs' source would be part of the image.
  nix.channel.enable = false;

  environment.systemPackages = with pkgs; [
    vim
    git
    curl
    wget
    htop
  ];

  programs.zsh.enable = true;

  # Programs that were built for other systems, such as the server parts of editors.
  programs.nix-ld.enable = lib.mkDefault true;

  documentation.enable = lib.mkDefault false;

  system.stateVersion = lib.mkDefault "26.05";
}
