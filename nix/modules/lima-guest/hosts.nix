# host.lima.internal in /etc/hosts.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.lima;
  own = pkgs.concatText "hosts" config.networking.hostFiles;
in
{
  options.services.lima.hosts = lib.mkOption {
    type = lib.types.bool;
    default = true;
    description = ''
      Whether {file}`/etc/hosts` names the host machine `host.lima.internal`. {file}`/etc/hosts` is then a link to
      {file}`/run/lima/hosts`, which holds the system's own list ({option}`networking.hosts` and the like) and that line.
    '';
  };

  config = lib.mkIf cfg.enable (
    lib.mkMerge [
      (lib.mkIf (!cfg.hosts) { services.lima.omittedSteps = [ "write-hosts" ]; })
      (lib.mkIf cfg.hosts {
        environment.etc."lima/hosts".source = own;
        environment.etc.hosts.source = lib.mkForce "/run/lima/hosts";
        # Until lima-settings has run, and where it never does.
        systemd.tmpfiles.settings.lima."/run/lima/hosts".L.argument = "/etc/lima/hosts";
        systemd.services.lima-settings = {
          environment.LIMA_GUEST_HOSTS_BASE = "/etc/lima/hosts";
          # The one unit that a rebuild runs again: it holds copies of what the rebuild changes.
          restartIfChanged = true;
          restartTriggers = [ own ];
        };
      })
    ]
  );
}
