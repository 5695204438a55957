{
  description = "A project that has a VM of its own";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
  inputs.sysinit = {
    url = "github:sysinit/lima-cli";
    inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, sysinit, ... }:
    {
      # For each system of a host the image of the VM: the base of sysinit, and what this project needs.
      packages = builtins.mapAttrs (_host: system: {
        image =
          (nixpkgs.lib.nixosSystem {
            modules = [
              sysinit.nixosModules.default
              (
                { pkgs, ... }:
                {
                  nixpkgs.hostPlatform = system;
                  environment.systemPackages = [ pkgs.python3 ];
                  system.stateVersion = "26.05";
                }
              )
            ];
          }).config.system.build.images.lima;
      }) sysinit.lib.guestSystems;
    };
}
