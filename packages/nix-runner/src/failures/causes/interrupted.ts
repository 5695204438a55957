import type { FailureCause } from "../failure.ts";

/** A signal from elsewhere: a shutdown, a service manager, a user. */
export const interrupted: FailureCause = ({ raw }, { installable }) =>
  /^interrupted by the user$/.test(raw)
    ? {
        code: "INTERRUPTED",
        message: `building ${installable} was interrupted: nix got a signal from someone else`,
        hint: "build again; what was finished is not built anew",
      }
    : undefined;
