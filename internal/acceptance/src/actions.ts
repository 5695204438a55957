/** A row whose check is doing the thing: the run itself gives the verdict. */
export interface Action {
  id: ActionId;
  section: string;
  /** The row as the requirements state it. */
  title: string;
  /** The row in a suite of a user's own, which has another image, template and name. */
  plainTitle: string;
}

export type ActionId =
  "image.build" | "image.install" | "vm.start" | "vm.boot-time" | "vm.stop" | "vm.delete";

export const actions: readonly Action[] = [
  {
    id: "image.build",
    section: "Image Building",
    title: "`nix build .#packages.aarch64-darwin.lima-minimal-image` succeeds",
    plainTitle: "The image is built",
  },
  {
    id: "image.install",
    section: "Image Building",
    title: "`./hack/build-lima-image lima-minimal` completes without errors",
    plainTitle: "The image is installed in the store",
  },
  {
    id: "vm.start",
    section: "VM Functionality",
    title: "`limactl start --name=test-minimal lima/templates/minimal.yaml` succeeds",
    plainTitle: "The VM starts",
  },
  {
    id: "vm.boot-time",
    section: "VM Functionality",
    title: "VM boots within 2 minutes",
    plainTitle: "The VM boots in time",
  },
  {
    id: "vm.stop",
    section: "VM Functionality",
    title: "`limactl stop test-minimal` succeeds",
    plainTitle: "The VM stops",
  },
  {
    id: "vm.delete",
    section: "VM Functionality",
    title: "`limactl delete test-minimal` succeeds",
    plainTitle: "Nothing of the VM is left",
  },
];
