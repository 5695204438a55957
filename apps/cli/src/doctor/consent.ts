import { createInterface } from "node:readline/promises";

import { MachineError } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";

/** Asks whether something may be done; "" and everything that is not yes is no. */
export type Consent = (question: string) => Promise<boolean>;

/**
 * How a person is asked. Without a terminal nobody is: it must have been said beforehand.
 *
 * @throws MachineError CONFIRMATION_NEEDED
 */
export function consentFor({ output, signal }: CommandContext, yes: boolean): Consent {
  if (yes) return () => Promise.resolve(true);
  if (!process.stdin.isTTY || !output.stderr.isTTY) {
    throw new MachineError({
      code: "CONFIRMATION_NEEDED",
      message: "--fix asks before it mends something, and there is no terminal to ask on",
      hint: "say yes beforehand: lima-cli doctor --fix --yes",
    });
  }
  return async (question) => {
    const asking = createInterface({ input: process.stdin, output: output.stderr });
    try {
      return /^y(?:es)?$/i.test((await asking.question(`${question} [y/N] `, { signal })).trim());
    } finally {
      asking.close();
    }
  };
}
