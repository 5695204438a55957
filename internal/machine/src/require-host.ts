import { checkHost } from "@sysinit/lima-control";

import { MachineError } from "./machine-error.ts";

/** Throws PREREQUISITE_MISSING, with all that is missing, when this machine cannot run a VM. */
export async function requireHost(options: {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}): Promise<void> {
  const missing = (await checkHost(options)).filter(({ severity }) => severity === "error");
  const [first, ...others] = missing;
  if (first === undefined) return;
  throw new MachineError({
    code: "PREREQUISITE_MISSING",
    message: `${first.message}${others.length === 0 ? "" : ` (and ${others.map(({ tool }) => tool).join(", ")})`}`,
    hint: others.length === 0 ? first.hint : `${first.hint}; lima-cli doctor says the rest`,
    details: { missing },
  });
}
