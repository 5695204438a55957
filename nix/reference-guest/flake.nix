{
  description = "Reference guest for Lima: Debian's root file system, systemd-boot and ext4 in a qcow2, built without nixpkgs";

  # No inputs: this flake builds where neither nixpkgs nor a binary cache can be had. What its builders use comes from
  # the Debian archive (see builders/tools.sh) and from the few programs that the host must have (see ../README.md).
  inputs = { };

  outputs =
    { self }:
    let
      platforms = import ./platforms.nix;
      forEachSystem = make: builtins.mapAttrs (_: make) platforms;
    in
    {
      packages = forEachSystem (
        platform:
        let
          guest = import ./reference-guest.nix platform;
        in
        guest // { default = guest.image; }
      );
    };
}
