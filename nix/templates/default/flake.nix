{
  description = "A NixOS guest for Lima";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
  inputs.sysinit = {
    url = "github:sysinit/lima-cli";
    inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, sysinit, ... }:
    let
      guest =
        system:
        nixpkgs.lib.nixosSystem {
          modules = [
            sysinit.nixosModules.default
            ./guest.nix
            { nixpkgs.hostPlatform = system; }
          ];
        };
    in
    {
      # Inside a guest: sudo nixos-rebuild switch --flake .#guest-x86_64 (or -aarch64)
      nixosConfigurations.guest-x86_64 = guest "x86_64-linux";
      nixosConfigurations.guest-aarch64 = guest "aarch64-linux";

      # For each system of a host the image that Lima boots there.
      packages = builtins.mapAttrs (_host: system: {
        default = (guest system).config.system.build.images.lima;
      }) sysinit.lib.guestSystems;
    };
}
