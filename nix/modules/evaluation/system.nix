# A NixOS system of MODULES, as nixpkgs' nixosSystem makes it, from a folder instead of a flake.
{
  nixpkgs,
  system,
  modules,
}:
import (nixpkgs + "/nixos/lib/eval-config.nix") { inherit system modules; }
