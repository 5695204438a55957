# The derivations of the reference guest for one platform, in the order in which they build on each other.
platform:
let
  inherit (import ./derive.nix) derive file;
  make = derive platform;

  mirror = "http://deb.debian.org/debian";
  suite = "trixie";
  rootLabel = "guest-root";
  espLabel = "GUEST-ESP";
  imageFile = "reference-guest.qcow2";
  payload = file ../guest;

  # Debian 13's programs that the later builders use, each behind a wrapper that starts it with its own libraries.
  tools = make "reference-guest-tools" ./builders/tools.sh {
    inherit mirror suite;
    packages = "systemd-repart dosfstools mtools e2fsprogs qemu-utils";
    programs = "systemd-repart mkfs.fat mkfs.vfat mcopy mmd mkfs.ext4 mke2fs qemu-img";
  };

  # root-file-system.tar, owners as in the guest.
  rootFileSystem = make "reference-guest-root-file-system" ./builders/root-file-system.sh {
    inherit
      mirror
      suite
      rootLabel
      espLabel
      ;
    packages = file ./guest/packages.txt;
    beforePackages = file ./guest/before-packages;
    afterPackages = file ./guest/after-packages;
    configure = file ./guest/configure.sh;
  };

  # The content of the EFI system partition.
  esp = make "reference-guest-esp" ./builders/esp.sh {
    inherit rootFileSystem rootLabel;
  };


  # The same root file system as a guest of Lima, by one of the installers below: its disk.raw with the partition table, the
  # ESP and the root file system, and its qcow2. filePath says where in the out path that lies, as nixpkgs' image
  # derivations do.
  guest =
    name: installer:
    let
      disk = make "${name}-disk" ./builders/disk.sh {
        inherit
          tools
          rootFileSystem
          esp
          installer
          payload
          rootLabel
          espLabel
          ;
        partitions = file ./repart.d;
        # Fixed, so that two builds give the same partition and file system ids.
        seed = "5b1e6c3a-6f0f-4b0e-9c55-2f3c1f0f7a11";
      };
    in
    make name ./builders/image.sh { inherit tools disk imageFile; }
    // {
      filePath = imageFile;
      passthru.filePath = imageFile;
    };
in
{
  inherit tools rootFileSystem esp;

  # Our own payload, the default.
  image = guest "reference-guest" "${payload}/debian/install";

  # The payload with its units as NixOS renders them; see nixos-units/README.md.
  imageWithNixosUnits = guest "reference-guest-with-nixos-units" "${file ./nixos-units}/install";

  # cloud-init and Lima's boot scripts, as on the images that Lima offers: what the payload is measured against.
  imageWithCloudInit = guest "reference-guest-with-cloud-init" "${file ./cloud-init}/install";
}
