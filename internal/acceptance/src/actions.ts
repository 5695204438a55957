import type { Section } from "./check.ts";

/** A row whose check is doing the thing: the run itself gives the verdict. */
export interface Action {
  id: ActionId;
  section: Section;
  title: string;
}

export type ActionId =
  "image.build" | "image.install" | "vm.start" | "vm.boot-time" | "vm.stop" | "vm.delete";

export const actions: readonly Action[] = [
  {
    id: "image.build",
    section: "Image Building",
    title: "`nix build .#packages.aarch64-darwin.lima-minimal-image` succeeds",
  },
  {
    id: "image.install",
    section: "Image Building",
    title: "`./hack/build-lima-image lima-minimal` completes without errors",
  },
  {
    id: "vm.start",
    section: "VM Functionality",
    title: "`limactl start --name=test-minimal lima/templates/minimal.yaml` succeeds",
  },
  { id: "vm.boot-time", section: "VM Functionality", title: "VM boots within 2 minutes" },
  { id: "vm.stop", section: "VM Functionality", title: "`limactl stop test-minimal` succeeds" },
  { id: "vm.delete", section: "VM Functionality", title: "`limactl delete test-minimal` succeeds" },
];
