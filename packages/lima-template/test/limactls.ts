import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findExecutable, runProcess } from "@sysinit-internal/process";

/** A real limactl. */
export interface Limactl {
  file: string;
  version: string;
  /** `PREFIX/share/lima/templates` of its installation. */
  templates: string;
}

/**
 * The limactls to try against: LIMACTL_ALL (paths with `:` between), else the one on PATH and the older one that
 * hack/setup puts beside it (PREFIX/../1.2.2/bin/limactl).
 */
export function findLimactls(): Limactl[] {
  const given = process.env["LIMACTL_ALL"]?.split(delimiter).filter((path) => path !== "");
  const files = given ?? installed();
  if (files.length === 0) throw new Error("no limactl on PATH: run ./hack/setup");
  return files.map((file) => ({
    file,
    version: execFileSync(file, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
      .trim()
      .replace(/^.* /, ""),
    templates: join(dirname(file), "../share/lima/templates"),
  }));
}

function installed(): string[] {
  const found = findExecutable("limactl");
  if (found === undefined) return [];
  const newest = realpathSync(found);
  const older = join(dirname(newest), "../../1.2.2/bin/limactl");
  return existsSync(older) && realpathSync(older) !== newest ? [newest, older] : [newest];
}

/** What `limactl validate` said. */
export interface Verdict {
  ok: boolean;
  output: string;
}

/** Runs `limactl validate` with a Lima home of its own, so that nobody's default.yaml has a say. */
export async function validate(limactl: Limactl, file: string, limaHome: string): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await run(limactl, ["validate", file], limaHome);
  return { ok: exitCode === 0, output: `${stdout}${stderr}` };
}

/** Files for one process: it costs as much as validating some fifty of them. */
const filesAtOnce = 60;

/**
 * Runs `limactl validate` on many files. It takes several at once but ends at the first that it refuses, so one process
 * is needed for each of those, and a few for all others.
 */
export async function validateMany(
  limactl: Limactl,
  files: readonly string[],
  limaHome: string,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  while (verdicts.size < files.length) {
    const next = files.slice(verdicts.size, verdicts.size + filesAtOnce);
    const { exitCode, stdout, stderr } = await run(limactl, ["validate", ...next], limaHome);
    const accepted =
      exitCode === 0 ? next.length : [...stderr.matchAll(/level=info msg="[^"]*: OK"/g)].length;
    for (const file of next.slice(0, accepted)) verdicts.set(file, { ok: true, output: "" });
    const refused = next[accepted];
    if (refused !== undefined)
      verdicts.set(refused, { ok: false, output: lastMessage(`${stdout}${stderr}`) });
  }
  return verdicts;
}

const lastMessage = (output: string) => output.slice(output.lastIndexOf("level=fatal"));

export function run(
  limactl: Limactl,
  args: readonly string[],
  limaHome: string,
  env: Readonly<Record<string, string>> = {},
) {
  return runProcess({
    file: limactl.file,
    args: ["--tty=false", ...args],
    env: { ...process.env, LIMA_HOME: limaHome, ...env },
    timeoutMs: 60_000,
  });
}

/** A folder that is gone after `remove`. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(realpathSync(tmpdir()), "lt-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
