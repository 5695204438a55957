# Another nix than that of NixOS, which then writes no nix.conf.
{
  nix.enable = false;
}
