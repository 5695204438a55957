import { readFile } from "node:fs/promises";

import { advise } from "./builders/advise.ts";
import { answersSsh } from "./builders/answers-ssh.ts";
import type { Builder } from "./builders/builder.ts";
import type { BuilderConfiguration } from "./builders/configuration.ts";
import { listEmulated } from "./builders/emulators.ts";
import { judgeBuilders } from "./builders/judge-builders.ts";
import { machineFiles, parseMachines, type Machine } from "./builders/machines.ts";
import { detectVersion, type DetectNixOptions } from "./detect-nix.ts";
import { NixRunnerError } from "./errors.ts";
import type { Environment } from "./nix/environment.ts";
import { localNix } from "./nix/nix-command.ts";
import { queryConfiguration } from "./nix/query.ts";

export interface FindBuildersOptions extends DetectNixOptions {
  /** What is to be built, as "aarch64-linux"; default: what this machine builds by itself. */
  system?: string | undefined;
  /** System features that it needs, as "kvm"; default: none. */
  features?: readonly string[] | undefined;
}

/** Who can build for a system. */
export interface FoundBuilders {
  system: string;
  features: readonly string[];
  /** Whether one of the builders suits. */
  canBuild: boolean;
  /** Everyone whom nix knows to build, in the order in which it considers them. */
  builders: Builder[];
  /** What to do when none suits. */
  hint?: string;
}

/**
 * Says who can build for a system, before anything is evaluated: this machine, natively or by emulation, a Linux builder, another
 * machine, or nobody, and then what to do. Builds nothing and changes nothing; the ssh port of machines that suit is tried.
 * @throws NixRunnerError NIX_NOT_FOUND, NIX_TOO_OLD, NIX_UNUSABLE, PROTOCOL, ABORTED
 */
export async function findBuilders(options: FindBuildersOptions = {}): Promise<FoundBuilders> {
  const { env = process.env, signal, features = [] } = options;
  // Loaded here, with zod, so that a build need not wait for it.
  const { parseConfiguration } = await import("./builders/configuration.ts");
  const { path, flavour } = await detectVersion(options);
  const stdout = await queryConfiguration({ nix: localNix({ nix: path, env }), signal });
  if (signal?.aborted) {
    throw new NixRunnerError({
      code: "ABORTED",
      message: "looking for builders was aborted",
      cause: signal.reason,
    });
  }
  const configuration = stdout === undefined ? undefined : parseConfiguration(stdout);
  if (configuration === undefined) {
    throw new NixRunnerError({
      code: "PROTOCOL",
      message: `${path} does not tell its settings, or in another form than is known`,
      hint: "see what it says: nix config show --json",
      details: { nix: path, stdout: stdout?.slice(0, 4096) },
    });
  }
  const need = { system: options.system ?? configuration.system, features };
  const machines = await readMachines(configuration);
  const facts = { configuration, emulated: await listEmulated() };
  const atFirst = judgeBuilders({ ...facts, machines }, need);
  const suiting = new Set(atFirst.flatMap(({ suits, name }) => (suits ? [name] : [])));
  const builders = judgeBuilders(
    { ...facts, machines: await withAnswers(machines, suiting, { env, signal }) },
    need,
  );
  const canBuild = builders.some(({ suits }) => suits);
  return {
    ...need,
    canBuild,
    builders,
    ...(canBuild ? {} : { hint: advise(builders, need, { here: configuration.system, flavour }) }),
  };
}

async function readMachines({ builders, system }: BuilderConfiguration): Promise<Machine[]> {
  const texts = [builders];
  // A file that is not there names nobody; nix has the same view of it.
  for (const file of machineFiles(builders)) texts.push(await readFile(file, "utf8").catch(() => ""));
  return texts.flatMap((text) => parseMachines(text, system));
}

async function withAnswers(
  machines: readonly Machine[],
  suiting: ReadonlySet<string>,
  how: { env: Environment; signal: AbortSignal | undefined },
): Promise<(Machine & { answers?: boolean })[]> {
  return Promise.all(
    machines.map(async (machine) => {
      const answers = suiting.has(machine.url) ? await answersSsh(machine.url, how) : undefined;
      return answers === undefined ? machine : { ...machine, answers };
    }),
  );
}
