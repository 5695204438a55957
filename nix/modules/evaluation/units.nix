# The payload's units as NixOS renders them, and store-paths.json, which says what each store path in them is: files by name.
arguments:
let
  system = import ./system.nix arguments;
  inherit (system.pkgs) lib;
  names = lib.filter (lib.hasSuffix ".service") (lib.attrNames (builtins.readDir ../../guest/units));
  units = lib.genAttrs names (
    name: builtins.unsafeDiscardStringContext system.config.systemd.units.${name}.text
  );
  storePathsIn =
    text:
    lib.concatLists (
      lib.filter lib.isList (builtins.split "(/nix/store/[0-9a-z]{32}-[^/:\" \n]+)" text)
    );
  nameOf =
    path:
    let
      inherit (builtins.parseDrvName (lib.substring 44 (-1) path)) name;
    in
    if name == "lima-guest" then "payload" else name;
  storePaths = lib.genAttrs (lib.concatMap storePathsIn (lib.attrValues units)) nameOf;
  lines = lib.mapAttrsToList (path: name: "  \"${path}\": \"${name}\"") storePaths;
in
units
// {
  "store-paths.json" = "{\n${lib.concatStringsSep ",\n" lines}\n}\n";
}
