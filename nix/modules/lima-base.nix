# The base of every NixOS guest that Lima boots, on vz and on QEMU, for x86_64 and aarch64.
{
  lib,
  modulesPath,
  pkgs,
  ...
}:

{
  imports = [ (modulesPath + "/profiles/qemu-guest.nix") ];

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

  # What Lima's two drivers present: disks, cidata (iso9660 on virtio-scsi or virtio-blk), mounts, console, vsock.
  boot.initrd.availableKernelModules = [
    "virtio_pci"
    "virtio_mmio"
    "virtio_blk"
    "virtio_scsi"
    "sr_mod"
    "isofs"
  ];
  # In the initrd, because systemd offers ssh over vsock only where /dev/vsock exists when its generators run.
  boot.initrd.kernelModules = [ "vmw_vsock_virtio_transport" ];
  boot.kernelModules = [
    "9p"
    "9pnet_virtio"
    "virtiofs"
  ];

  # The last one is /dev/console. hvc0 exists under both drivers and is what Lima keeps as serialv.log; under vz the boot
  # stalls without tty0.
  boot.kernelParams = [
    "console=tty0"
    (if pkgs.stdenv.hostPlatform.isAarch64 then "console=ttyAMA0" else "console=ttyS0")
    "console=hvc0"
  ];

  # Empty: the name comes with each instance, from Lima's meta-data.
  networking.hostName = lib.mkDefault "";
  # dhcpcd listens on 0.0.0.0:68, which Lima's guest agent forwards: the host would lose its own DHCP answers.
  networking.useDHCP = false;
  networking.useNetworkd = true;
  systemd.network.wait-online.anyInterface = lib.mkDefault true;
  systemd.network.networks."80-ethernet" = {
    matchConfig.Type = "ether";
    networkConfig.DHCP = "ipv4";
  };
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
    # Keys lie in /etc/ssh/authorized_keys.d only: a template may mount the host's ~/.ssh over the guest's.
    authorizedKeysInHomedir = false;
  };

  # For now Lima's own way: cloud-init makes the user and runs Lima's boot scripts.
  services.cloud-init = {
    enable = true;
    network.enable = true;
  };

  # Lima's requirement scripts and boot scripts are started as /bin/bash.
  systemd.tmpfiles.rules = [ "L+ /bin/bash - - - - ${pkgs.bashInteractive}/bin/bash" ];

  # The user is the template's (`user:`), with the host user's uid, made at the first boot: not declared here, where a
  # uid below 1000, as macOS gives, is refused.
  users.mutableUsers = true;
  # Lima's host agent calls sudo without a terminal.
  security.sudo.wheelNeedsPassword = false;

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
  # A first login without ~/.zshrc would end in zsh's interactive set-up.
  programs.zsh.interactiveShellInit = "zsh-newuser-install() { :; }";

  documentation.enable = lib.mkDefault false;

  system.stateVersion = "25.11";
}
