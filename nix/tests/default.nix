# NixOS tests that boot the image as Lima does: UEFI, the qcow2, a cidata disk, and nothing but ssh to look inside. One for each
# form of cidata: Lima 1.2, and 2.2 (2.0 and 2.1 differ in less than these two).
#
# guest: a NixOS configuration with the image variant lima, for the system of pkgs.
{ pkgs, guest }:
let
  inherit (pkgs) lib;

  # The guest under test is the one that is published, and holds a second generation to switch to: there is no network.
  image =
    (guest.extendModules {
      modules = [
        {
          specialisation.second.configuration.environment.etc."second-generation".text = "";
        }
      ];
    }).config.system.build.images.lima;

  machineType =
    {
      x86_64-linux = "q35";
      aarch64-linux = "virt,gic-version=max";
    }
    .${pkgs.stdenv.hostPlatform.system};

  boot =
    limaVersion:
    pkgs.testers.runNixOSTest {
      name = "lima-boot-${limaVersion}";
      nodes = { };
      testScript = ''
        IMAGE = "${image}/${image.passthru.filePath}"
        # What limactl of this version wrote for a template without settings.
        CIDATA_SAMPLE = "${../../test/guest/fixtures/cidata + "/${limaVersion}/minimal"}"
        # What a user adds in a template.
        CIDATA_ADDITIONS = "${./cidata}"
        GUEST_AGENTS = "${pkgs.lima}/share/lima"
        QEMU = "${lib.getExe' pkgs.qemu_test "qemu-system-${pkgs.stdenv.hostPlatform.qemuArch}"}"
        QEMU_IMG = "${lib.getExe' pkgs.qemu_test "qemu-img"}"
        MACHINE_TYPE = "${machineType}"
        FIRMWARE = "${pkgs.OVMF.firmware}"
        FIRMWARE_VARIABLES = "${pkgs.OVMF.variables}"
        SSH = "${lib.getExe' pkgs.openssh "ssh"}"
        SSH_KEYGEN = "${lib.getExe' pkgs.openssh "ssh-keygen"}"
        XORRISO = "${lib.getExe' pkgs.xorriso "xorriso"}"

        ${builtins.readFile ./boot.py}
      '';
    };
in
{
  lima-boot-1_2 = boot "1.2";
  lima-boot-2_2 = boot "2.2";
}
