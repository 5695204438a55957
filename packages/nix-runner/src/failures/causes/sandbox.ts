import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

/** In containers the kernel often refuses what the sandbox needs. */
export const sandbox: FailureCause = ({ raw }, { installable }) =>
  /required for sandboxing|cloning builder process|unable to load seccomp|setting up a private mount namespace/.test(
    raw,
  )
    ? {
        code: "SANDBOX",
        message: `nix could not build ${installable}: ${oneLine(raw)}`,
        hint: raw.includes("seccomp")
          ? "put `filter-syscalls = false` into nix.conf or NIX_CONFIG; nix needs it beside `allow-new-privileges = true`"
          : "in a container, put `sandbox = false` into nix.conf or NIX_CONFIG",
      }
    : undefined;
