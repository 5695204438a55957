import { LimaTemplateError } from "../failures/lima-template-error.ts";

/** How to ask. */
export interface LimactlOptions {
  /** Name or path of the program. */
  limactl: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}

const timeoutMs = 30_000;

/**
 * Where limactl has its templates, in its order, LIMA_TEMPLATES_PATH included. None where there is no such program.
 *
 * @throws LimaTemplateError LIMACTL_FAILED when there is one and it does not answer.
 */
export async function templateDirectories({ limactl, env, signal }: LimactlOptions): Promise<string[]> {
  // Not needed by most templates, and slow to load.
  const { runProcess } = await import("@sysinit-internal/process");
  const args = ["--tty=false", "info"];
  const { reason, exitCode, stdout, stderr, spawnErrorCode } = await runProcess({
    file: limactl,
    args,
    env,
    timeoutMs,
    signal,
  });
  signal?.throwIfAborted();
  if (spawnErrorCode === "ENOENT") return [];
  const templates = exitCode === 0 ? templatesIn(stdout) : undefined;
  if (templates === undefined) {
    throw new LimaTemplateError({
      code: "LIMACTL_FAILED",
      message: `${limactl} info does not say where Lima's templates are: ${lastLine(stderr) ?? reason}`,
      hint: "run it by hand; `limactl: undefined` leaves Lima's templates for later",
      details: { argv: [limactl, ...args], exitCode, stderr },
    });
  }
  return [...new Set(templates.flatMap(directoryOf))];
}

interface TemplateEntry {
  name: string;
  location: string;
}

function templatesIn(json: string): TemplateEntry[] | undefined {
  try {
    return (JSON.parse(json) as { templates?: TemplateEntry[] }).templates ?? [];
  } catch {
    return undefined;
  }
}

/** A template is at DIRECTORY/NAME.yaml, and names may have folders. */
function directoryOf({ name, location }: TemplateEntry): string[] {
  const end = [".yaml", ".yml", ""]
    .map((suffix) => `/${name}${suffix}`)
    .find((one) => location.endsWith(one));
  return end === undefined ? [] : [location.slice(0, -end.length)];
}

const lastLine = (text: string) => text.trim().split("\n").at(-1) || undefined;
