{
  description = "NixOS guests for Lima: modules, configurations and images";

  # flake.lock belongs beside this file: `nix flake lock` writes it on a machine that reaches GitHub, and it is then
  # committed. Until then every evaluation takes the branch as it is that day.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;

      # The system of the guest that fits each host: Lima boots the host's own architecture.
      guestSystems = {
        x86_64-linux = "x86_64-linux";
        aarch64-linux = "aarch64-linux";
        x86_64-darwin = "x86_64-linux";
        aarch64-darwin = "aarch64-linux";
      };
      forEachHost = make: lib.mapAttrs make guestSystems;

      limaMinimal =
        system:
        lib.nixosSystem {
          modules = [
            self.nixosModules.lima-base
            { nixpkgs.hostPlatform = system; }
          ];
        };
    in
    {
      nixosModules.lima-base = ./nix/modules/lima-base.nix;
      nixosModules.default = self.nixosModules.lima-base;

      nixosConfigurations = {
        lima-minimal = limaMinimal "aarch64-linux";
        lima-minimal-aarch64 = limaMinimal "aarch64-linux";
        lima-minimal-x86_64 = limaMinimal "x86_64-linux";
      };

      packages = forEachHost (
        _host: guest: rec {
          lima-minimal-image = import ./nix/images/lima-image.nix {
            inherit nixpkgs;
            configuration = limaMinimal guest;
          };
          default = lima-minimal-image;
        }
      );

      # Evaluates the whole system and builds it only where its own architecture is at hand.
      checks = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (system: {
        lima-minimal = (limaMinimal system).config.system.build.toplevel;
      });

      formatter = forEachHost (host: _guest: nixpkgs.legacyPackages.${host}.nixfmt-tree);

      devShells = forEachHost (
        host: _guest:
        let
          pkgs = nixpkgs.legacyPackages.${host};
        in
        {
          default = pkgs.mkShellNoCC {
            packages = with pkgs; [
              go-task
              lima
              nodejs
              pnpm
              shellcheck
            ];
          };
        }
      );
    };
}
