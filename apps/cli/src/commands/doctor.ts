import { checkHost, createLima, detectAccelerator } from "@sysinit/lima-control";
import { detectNix } from "@sysinit/nix-runner";
import { isCodedError } from "@sysinit-internal/errors";
import { exitCodes, renderTable, terminalWidth } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { consentFor } from "../doctor/consent.ts";
import { mendAll } from "../doctor/mend-all.ts";

/** One prerequisite and how it stands. */
interface Prerequisite {
  tool: string;
  state: "ok" | "warning" | "missing";
  found: string;
  code?: string;
  hint?: string;
}

export async function doctor(
  context: CommandContext,
  options: { fix?: boolean; yes?: boolean },
): Promise<number> {
  const { output } = context;
  // Whether it may ask is settled before anything is looked at.
  const consent = options.fix ? consentFor(context, options.yes === true) : undefined;
  const found = [nodeItself(), await nix(context), ...(await lima(context)), ...(await accelerator(context))];
  const table = renderTable<Prerequisite>(
    [
      { title: "STATE", text: ({ state }) => state },
      { title: "TOOL", text: ({ tool }) => tool },
      { title: "FOUND", text: (prerequisite) => prerequisite.found },
    ],
    found,
    terminalWidth(output.stdout),
  );
  const mends = found.filter(({ hint }) => hint !== undefined).map(({ tool, hint }) => `${tool}: ${hint}`);
  output.list(found, mends.length === 0 ? table : `${table}\n\n${mends.join("\n")}`);
  if (consent !== undefined) await mendAll(context, consent);
  return found.some(({ state }) => state === "missing") ? exitCodes.prerequisite : exitCodes.ok;
}

function nodeItself(): Prerequisite {
  return { tool: "node", state: "ok", found: process.versions.node };
}

async function nix({ env, signal }: CommandContext): Promise<Prerequisite> {
  try {
    const { version, flavour, path } = await detectNix({ env, signal });
    return { tool: "nix", state: "ok", found: `${flavour} ${version} (${path})` };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { tool: "nix", state: "missing", found: error.message, code: error.code, hint: error.hint ?? "" };
  }
}

async function lima({ env, signal }: CommandContext): Promise<Prerequisite[]> {
  const problems = (await checkHost({ env })).map(
    ({ tool, severity, message, hint, code }): Prerequisite => ({
      tool,
      state: severity === "error" ? "missing" : "warning",
      found: message,
      code,
      hint,
    }),
  );
  if (problems.some(({ state }) => state === "missing")) return problems;
  const { version, home, limactl } = await createLima({ env }).info({ signal });
  return [
    { tool: "limactl", state: "ok", found: `${version} (${limactl}), instances in ${home}` },
    ...problems,
  ];
}

/** Which accelerator a VM gets; that there is none is said among what limactl needs. */
async function accelerator({ env }: CommandContext): Promise<Prerequisite[]> {
  const { kind, hardware, reason } = await detectAccelerator({ env });
  return hardware ? [{ tool: "accelerator", state: "ok", found: `${kind}: ${reason}` }] : [];
}
