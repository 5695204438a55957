# The disk as a compressed qcow2.
{ config, pkgs, ... }:
{
  imports = [ ./disk.nix ];

  image.extension = "qcow2";
  system.build.image =
    pkgs.runCommand "lima-image"
      {
        __structuredAttrs = true;
        unsafeDiscardReferences.out = true;
        nativeBuildInputs = [ pkgs.qemu-utils ];
      }
      # zlib, because it is all that Lima's reader of qcow2 knows.
      ''
        mkdir "$out"
        qemu-img convert -f raw -O qcow2 -c -o compression_type=zlib \
          ${config.system.build.limaDisk}/${config.image.baseName}.raw "$out"/${config.image.fileName}
      '';
}
