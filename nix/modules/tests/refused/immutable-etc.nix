{
  message = "system.etc.overlay.mutable = false";
  module = {
    boot.initrd.systemd.enable = true;
    services.userborn.enable = true;
    system.etc.overlay.enable = true;
    system.etc.overlay.mutable = false;
  };
}
