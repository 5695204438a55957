# A boot that ends in emergency mode says why on every console, which Lima keeps as a file: nobody can log in there.
{ config, lib, ... }:
{
  config = lib.mkIf config.services.lima.enable {
    systemd.services.lima-emergency = {
      description = "Lima: what failed, on every console";
      wantedBy = [
        "emergency.target"
        "rescue.target"
      ];
      before = [
        "emergency.service"
        "rescue.service"
      ];
      unitConfig.DefaultDependencies = false;
      serviceConfig.Type = "oneshot";
      # What is written to /dev/kmsg as an error appears on all consoles.
      script = ''
        echo '<3>lima-guest: the boot stopped here; units that failed:' >/dev/kmsg
        systemctl --failed --plain --no-legend --no-pager | while read -r unit; do
          echo "<3>lima-guest: $unit" >/dev/kmsg
        done
      '';
    };
  };
}
