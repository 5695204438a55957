/**
 * Who builds: "local" this machine as it is; "emulated" this machine through an emulator that the kernel starts (binfmt_misc);
 * "determinate" the native Linux builder of Determinate Nix; "external" another program of nix.conf's `external-builders`;
 * "linux-builder" a Linux VM on this machine (nix-darwin's, nixpkgs' or a Rosetta one); "remote" another machine.
 */
export type BuilderKind = "local" | "emulated" | "determinate" | "external" | "linux-builder" | "remote";

/** Someone whom nix knows to build. */
export interface Builder {
  kind: BuilderKind;
  /** As "this machine" or "ssh-ng://builder@linux-builder". */
  name: string;
  /** Whether it builds what was asked for. */
  suits: boolean;
  /** Why not, in half a sentence. */
  why?: string;
}
