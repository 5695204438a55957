# Rosetta (vz on Apple silicon): the payload makes it known to the kernel and writes /run/lima/nix.conf, by which nix builds for
# x86_64-linux as well.
{
  config,
  lib,
  pkgs,
  ...
}:
{
  config =
    lib.mkIf
      (config.services.lima.enable && config.nix.enable && pkgs.stdenv.hostPlatform.isAarch64)
      {
        # With '!' it need not be there.
        nix.extraOptions = "!include /run/lima/nix.conf";
      };
}
