import { readFile } from "node:fs/promises";

import { detectVersion } from "../detect-nix.ts";
import { NixRunnerError } from "../errors.ts";
import type { Environment } from "../nix/environment.ts";
import { localNix } from "../nix/nix-command.ts";
import { queryConfiguration } from "../nix/query.ts";
import { advise } from "./advise.ts";
import { answersSsh } from "./answers-ssh.ts";
import { parseConfiguration, type BuilderConfiguration } from "./configuration.ts";
import { listEmulated } from "./emulators.ts";
import type { FindBuildersOptions, FoundBuilders } from "./found-builders.ts";
import { judgeBuilders } from "./judge-builders.ts";
import { machineFiles, parseMachines, type Machine } from "./machines.ts";

/** What `findBuilders` does, loaded with zod when it is called: a build need not wait for it. */
export async function runFindBuilders(options: FindBuildersOptions): Promise<FoundBuilders> {
  const { env = process.env, signal, features = [] } = options;
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
