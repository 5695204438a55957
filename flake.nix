{
  description = "NixOS guests for Lima: modules, configurations and images";

  # flake.lock belongs beside this file: `nix flake lock` writes it on a machine that reaches GitHub, and it is then
  # committed. Until then every evaluation takes the branch as it is that day.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;

      # Lima boots the host's own architecture.
      guestSystems = {
        x86_64-linux = "x86_64-linux";
        aarch64-linux = "aarch64-linux";
        x86_64-darwin = "x86_64-linux";
        aarch64-darwin = "aarch64-linux";
      };
      forEachHost = make: lib.mapAttrs make guestSystems;

      # By the guest's own system.
      limaMinimal = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
        system:
        lib.nixosSystem {
          modules = [
            self.nixosModules.default
            { nixpkgs.hostPlatform = system; }
          ];
        }
      );
    in
    {
      # The system of the guest by the system of the host that it is for.
      lib = { inherit guestSystems; };

      nixosModules = {
        lima-guest = ./nix/modules/lima-guest.nix;
        lima-base = ./nix/modules/lima-base.nix;
        lima-image = ./nix/images/lima-image.nix;
        default.imports = [
          self.nixosModules.lima-base
          self.nixosModules.lima-image
        ];
      };

      nixosConfigurations = {
        lima-minimal = limaMinimal.aarch64-linux;
        lima-minimal-aarch64 = limaMinimal.aarch64-linux;
        lima-minimal-x86_64 = limaMinimal.x86_64-linux;
      };

      packages = forEachHost (
        _host: guest:
        let
          inherit (limaMinimal.${guest}.config.system.build) images;
        in
        {
          lima-minimal-image = images.lima;
          lima-minimal-image-raw = images.lima-raw;
          default = images.lima;
        }
      );

      # Where the CLI comes from: npm, since a build from this source would need the registry as well. Nothing of it is built
      # here.
      apps = forEachHost (
        host: _guest:
        let
          pkgs = nixpkgs.legacyPackages.${host};
        in
        {
          default = {
            type = "app";
            meta.description = "lima-cli, as published on npm";
            program = lib.getExe (
              pkgs.writeShellApplication {
                name = "lima-cli";
                runtimeInputs = [
                  pkgs.lima
                  pkgs.nodejs
                ];
                text = ''exec npx --yes @sysinit/lima-cli "$@"'';
              }
            );
          };
        }
      );

      # The tests need a builder with KVM.
      checks = lib.mapAttrs (
        system: guest:
        {
          lima-minimal = guest.config.system.build.toplevel;
        }
        // import ./nix/tests {
          pkgs = nixpkgs.legacyPackages.${system};
          inherit guest;
        }
      ) limaMinimal;

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

      templates.default = {
        path = ./nix/templates/default;
        description = "A NixOS guest of your own for Lima";
        welcomeText = "Next: README.md, which has two commands.";
      };
    };
}
