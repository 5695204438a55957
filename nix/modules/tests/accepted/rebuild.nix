# What a rebuild does to a running guest: it provisions nothing again and keeps the agent, mounts and the session's keys; what
# it changes in the system's own lists arrives.
{ config, lib, ... }:
let
  payload = map (lib.removeSuffix ".service") (
    lib.attrNames (builtins.readDir ../../../guest/units)
  );
  restarted = lib.filter (
    name:
    let
      service = config.systemd.services.${name};
    in
    service.restartIfChanged || service.stopIfChanged
  ) payload;
in
{
  assertions = [
    {
      assertion = restarted == [ "lima-settings" ];
      message = "a rebuild restarts ${toString restarted}";
    }
    {
      assertion = config.systemd.services.lima-settings.restartTriggers != [ ];
      message = "a changed networking.hosts would wait for the next boot";
    }
  ];
}
