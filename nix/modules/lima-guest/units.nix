# The payload's units, read from their files, as systemd.services: NixOS renders them, and whoever uses the module can change
# them like any other service.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.lima;
  readUnit = import ./read-unit.nix { inherit lib; };

  files = lib.filterAttrs (file: _: lib.hasSuffix ".service" file) (builtins.readDir ../../guest/units);
  units = lib.mapAttrs' (
    file: _:
    lib.nameValuePair (lib.removeSuffix ".service" file) (
      readUnit (builtins.readFile (../../guest/units + "/${file}"))
    )
  ) files;

  # What the steps and the scripts of lima.yaml may call, beside the few programs that NixOS gives every service. The
  # system's own programs come last: a step must not depend on what is installed.
  path =
    with pkgs;
    lib.mkMerge [
      (lib.unique (
        [
          "/run/wrappers" # sudo
          bash
          diffutils
          e2fsprogs
          gawk
          getent
          iproute2
          iptables
          config.programs.ssh.package
          shadow
          util-linux
        ]
        ++ config.system.fsPackages
      ))
      (lib.mkOrder 2000 [ "/run/current-system/sw" ])
    ];

  words = lib.concatMap (lib.splitString " ");
  withoutOmitted =
    command:
    lib.concatStringsSep " " (lib.filter (word: !lib.elem word cfg.omittedSteps) (lib.splitString " " command));
  # The options of NixOS to which other modules may add; everything else of [Unit] goes to unitConfig.
  ownOptions = {
    after = "After";
    before = "Before";
    conflicts = "Conflicts";
    requires = "Requires";
    wants = "Wants";
  };

  values = lib.mapAttrs (_: list: lib.mkDefault (if lib.length list == 1 then lib.head list else list));
  service =
    unit:
    lib.mapAttrs (_: key: words (unit.Unit.${key} or [ ])) ownOptions
    // {
      description = lib.concatStrings unit.Unit.Description;
      unitConfig = values (removeAttrs unit.Unit ([ "Description" ] ++ lib.attrValues ownOptions));
      serviceConfig = values (
        lib.mapAttrs (
          _: map (value: lib.replaceStrings [ "@libexec@" ] [ cfg.libexec ] (withoutOmitted value))
        ) unit.Service
      );
      wantedBy = words unit.Install.WantedBy;
      inherit path;
      # A rebuild must not provision again, nor take the agent away from the session in which it runs.
      restartIfChanged = lib.mkDefault false;
      stopIfChanged = false;
    };
  hasWork = unit: !lib.any (lib.hasSuffix "/run-steps") (map withoutOmitted unit.Service.ExecStart);
in
{
  options.services.lima = {
    libexec = lib.mkOption {
      type = lib.types.path;
      default = "${pkgs.callPackage ./payload.nix { }}/libexec/lima-guest";
      internal = true;
      readOnly = true;
      description = "Where the payload's programs are.";
    };
    omittedSteps = lib.mkOption {
      type = with lib.types; listOf str;
      default = [ ];
      internal = true;
      description = "Steps of the payload that are left out of its units.";
    };
  };

  config = lib.mkIf cfg.enable {
    systemd.services = lib.mapAttrs (_: service) (lib.filterAttrs (_: hasWork) units);
  };
}
