# `env:` and `param:` of lima.yaml in every session: ssh, console, sudo, su and the user manager.
{ config, lib, ... }:
let
  cfg = config.services.lima;
in
{
  options.services.lima.environment = lib.mkOption {
    type = lib.types.bool;
    default = true;
    description = ''
      Whether `env:` and `param:` of {file}`lima.yaml` reach sessions. Provisioning scripts have them in any case.
    '';
  };

  config = lib.mkIf cfg.enable (
    lib.mkMerge [
      (lib.mkIf (!cfg.environment) { services.lima.omittedSteps = [ "write-environment" ]; })
      (lib.mkIf cfg.environment {
        # A second pam_env, after that of NixOS, which reads no such file (readenv=0). Without the file it does nothing.
        security.pam.services =
          lib.genAttrs
            [
              "login"
              "sshd"
              "su"
              "sudo"
              "systemd-user"
            ]
            (
              name:
              let
                inherit (config.security.pam.services.${name}.rules.session) env;
              in
              {
                rules.session.lima = {
                  order = env.order + 10;
                  control = "optional";
                  inherit (env) modulePath;
                  settings = {
                    conffile = "/dev/null";
                    envfile = "/run/lima/environment";
                    readenv = 1;
                  };
                };
              }
            );
      })
    ]
  );
}
