# `provision:` of lima.yaml.
{ config, lib, ... }:
let
  cfg = config.services.lima;
in
{
  options.services.lima.provisioning = lib.mkOption {
    type = lib.types.bool;
    default = true;
    description = ''
      Whether `provision:` of {file}`lima.yaml` is done (scripts as root and as the user, data files, yq expressions, boot
      scripts). Without it, the system is what its configuration says and nothing else.
    '';
  };

  config = lib.mkIf (cfg.enable && !cfg.provisioning) {
    services.lima.omittedSteps = [
      "provision-data"
      "provision-dependency"
      "provision-system"
      "provision-user"
      "provision-yq"
      "run-boot-scripts"
    ];
  };
}
