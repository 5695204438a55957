# Two image variants for a NixOS configuration that has the disk layout of ../modules/lima-base.nix:
#
#   config.system.build.images.lima       qcow2, compressed: what is published and downloaded
#   config.system.build.images.lima-raw   raw: what vz boots without converting it first
#
# As every image variant, they are also what `nixos-rebuild build-image --image-variant lima` builds (NixOS 25.05 and later).
{ options, ... }:
let
  # A variant is one module; nixpkgs first took a list of them.
  variant =
    module:
    if options.image.modules.type.nestedTypes.elemType.name == "listOf" then [ module ] else module;
in
{
  image.modules.lima = variant ./qcow2.nix;
  image.modules.lima-raw = variant ./raw.nix;
}
