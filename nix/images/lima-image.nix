# The qcow2 that Lima boots, of a NixOS configuration with ../modules/lima-base.nix.
#
# nixpkgs' own image variants (config.system.build.images) always copy nixpkgs' source into the image and offer no option
# against it; therefore a call of our own of what they use. It starts a build VM: the builder needs the feature kvm.
# Compressed with zlib, the only method that Lima reads without a program of the host.
{ nixpkgs, configuration }:
let
  inherit (configuration) config pkgs;
  image = import (nixpkgs + "/nixos/lib/make-disk-image.nix") {
    inherit config pkgs;
    inherit (pkgs) lib;
    name = "lima-image";
    format = "qcow2-compressed";
    partitionTableType = "efi";
    bootSize = "512M";
    diskSize = "auto";
    additionalSpace = "512M";
    copyChannel = false;
  };
  filePath = "nixos.qcow2";
in
image
// {
  inherit filePath;
  passthru = (image.passthru or { }) // {
    inherit filePath;
  };
}
