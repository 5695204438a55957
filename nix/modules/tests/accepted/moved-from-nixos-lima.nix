# What a configuration for nixos-lima usually has; its services.lima.enable is the same name.
{
  services.lima.enable = true;
  services.openssh.enable = true;
  security.sudo.wheelNeedsPassword = false;
  networking.nat.enable = true;
  boot.kernelParams = [ "console=tty0" ];
  fileSystems."/boot" = {
    device = "/dev/vda1";
    fsType = "vfat";
  };
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
    autoResize = true;
    options = [
      "noatime"
      "discard"
    ];
  };
  users.users.dev = {
    isNormalUser = true;
    home = "/home/dev.guest";
    group = "users";
    extraGroups = [ "wheel" ];
  };
}
