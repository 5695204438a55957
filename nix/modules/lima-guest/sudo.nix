# sudo for the user of lima.yaml, by a rule in /run, so that no rebuild takes it away.
{ config, lib, ... }:
let
  cfg = config.services.lima;
in
{
  options.services.lima.sudo = lib.mkOption {
    type = lib.types.bool;
    default = true;
    description = ''
      Whether the user of {file}`lima.yaml` may use sudo: without a password, unless `user.passwordlessSudo` is false
      (Lima 2.2). limactl uses it as well: without it, limactl up to 2.0 never sees that the guest is ready, and the probes
      of every version miss the values of `param:`.
    '';
  };

  config = lib.mkIf cfg.enable (
    lib.mkMerge [
      {
        assertions = [
          {
            assertion = config.security.sudo.enable;
            message = "services.lima: limactl and provisioning call sudo, and sudo-rs was not tried in its place; set security.sudo.enable = true.";
          }
        ];
      }
      (lib.mkIf (!cfg.sudo) { services.lima.omittedSteps = [ "allow-sudo" ]; })
      (lib.mkIf cfg.sudo {
        # Last, because the last rule that fits decides.
        security.sudo.extraConfig = lib.mkAfter "@includedir /run/lima/sudoers.d";
      })
    ]
  );
}
