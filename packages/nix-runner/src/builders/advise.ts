import type { NixFlavour } from "../nix/version.ts";
import type { Builder } from "./builder.ts";
import type { BuildNeed } from "./judge-builders.ts";

/** What to do when nobody builds; `here` is the system of this machine. */
export function advise(
  builders: readonly Builder[],
  { system, features }: BuildNeed,
  { here, flavour }: { here: string; flavour: NixFlavour },
): string {
  const asleep = builders.find(({ why }) => why === "its ssh port does not answer");
  if (asleep?.kind === "linux-builder") {
    return "start the Linux builder: sudo launchctl kickstart -k system/org.nixos.linux-builder";
  }
  if (asleep !== undefined) return `see why ${asleep.name} does not answer`;
  const [thisMachine] = builders;
  if (thisMachine?.why?.includes("max-jobs")) return "set max-jobs in nix.conf to 1 or more";
  if (thisMachine?.why?.includes("extra-platforms does not name it"))
    return `add to nix.conf: extra-platforms = ${system}`;
  if (thisMachine?.why?.includes("cannot run")) return `take ${system} out of extra-platforms in nix.conf`;
  if (thisMachine?.why?.includes("binfmt_misc"))
    return "install an emulator that the kernel starts (Debian: qemu-user-static, NixOS: boot.binfmt.emulatedSystems)";
  if (features.includes("kvm") && here === system) {
    return "let nix's users open /dev/kvm, use an image that is built without a VM, or name a machine that has it (builders)";
  }
  if (here.endsWith("-darwin") && system.endsWith("-linux")) {
    return flavour === "determinate"
      ? "use Determinate's native Linux builder (determinate-nixd version lists native-linux-builder when your account has it), build in a Linux VM, or use a prebuilt image"
      : "set up a Linux builder for this Mac (https://nixos.org/manual/nixpkgs/stable/#sec-darwin-builder), build in a Linux VM, or use a prebuilt image";
  }
  return `name a machine that builds ${system} (builders in nix.conf), build in a VM of that kind, or use a prebuilt image`;
}
