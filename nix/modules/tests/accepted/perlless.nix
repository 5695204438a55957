# nixpkgs' profile without perl: no activation script makes users or /etc any more.
{ modulesPath, ... }:
{
  imports = [ (modulesPath + "/profiles/perlless.nix") ];
}
