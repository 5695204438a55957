import type { RunningVm } from "@sysinit/lima-control";
import type { BuildMachine } from "@sysinit/nix-runner";

/**
 * A running VM as a machine that builds for this one. It builds as the VM's user, whom its nix need not trust; with
 * `user: "root"` as root, whom it does.
 */
export function vmBuildMachine(vm: RunningVm, { user }: { user?: "root" } = {}): BuildMachine {
  return {
    name: `VM ${vm.name}`,
    run: (argv, options) => vm.tryExec(argv, { ...options, user }),
    copyIn: (path, guestPath, options) => vm.copyIn(path, guestPath, { ...options, user }),
    copyOut: (guestPath, path, options) => vm.copyOut(guestPath, path, { ...options, user }),
  };
}
