# Users made at boot, /etc as an overlay: the user of lima.yaml comes after userborn, which resets what it knows.
{ config, lib, ... }:
{
  boot.initrd.systemd.enable = true;
  services.userborn.enable = true;
  system.etc.overlay.enable = true;
  assertions = [
    {
      assertion = lib.elem "userborn.service" config.systemd.services.lima-login.after;
      message = "the user may be made before userborn has run";
    }
  ];
}
