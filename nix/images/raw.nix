# The disk as it is.
{ config, ... }:
{
  imports = [ ./disk.nix ];

  image.extension = "raw";
  system.build.image = config.system.build.limaDisk;
}
