# The user is that of lima.yaml, made at the first boot.
{ config, lib, ... }:
{
  config = lib.mkIf config.services.lima.enable {
    assertions = [
      {
        assertion = config.users.mutableUsers;
        message = "services.lima: users.mutableUsers = false removes the user that Lima makes, and nobody could log in; leave it true.";
      }
      {
        assertion = config.system.etc.overlay.enable -> config.system.etc.overlay.mutable;
        message = "services.lima: with system.etc.overlay.mutable = false the user that Lima asks for cannot be made; leave it true.";
      }
      {
        assertion = !config.services.cloud-init.enable;
        message = "services.lima: it takes the place of cloud-init, and both would act on the same disk; set services.cloud-init.enable = false.";
      }
    ];
  };
}
