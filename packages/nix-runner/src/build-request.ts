import type { BuildArguments } from "./nix/argv.ts";
import type { NixCommand } from "./nix/nix-command.ts";

/** One run of `nix build`. */
export interface BuildRequest extends BuildArguments {
  /** As the caller gave it. */
  installable: string;
  nix: NixCommand;
  /** The caller's limit, for messages. */
  timeoutMs: number | undefined;
  /** What else an error is to tell. */
  facts: () => Promise<Readonly<Record<string, unknown>>>;
}
