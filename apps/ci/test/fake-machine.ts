import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { createLima } from "@sysinit/lima-control";
import { installFakeLimactl, type FakeLimactl } from "@sysinit/lima-control/fake";
import type { Report } from "@sysinit-internal/acceptance";
import { runProcess } from "@sysinit-internal/process";

const main = join(import.meta.dirname, "../src/main.ts");

export interface Ran {
  status: number | undefined;
  stdout: string;
  stderr: string;
  /** What `--report` wrote. */
  report: Report;
}

/** A limactl without VMs on PATH, and a directory with an image, a template and suites to run there. */
export interface FakeMachine extends AsyncDisposable {
  fake: FakeLimactl;
  work: string;
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  /** Runs `lima-ci run --report report.json` with a suite of these lines, the image and the template. */
  run(suite: string, args?: readonly string[], env?: Record<string, string>): Promise<Ran>;
  limaCi(args: readonly string[], env?: Record<string, string>): Promise<Omit<Ran, "report">>;
}

export async function fakeMachine(): Promise<FakeMachine> {
  const fake = await installFakeLimactl();
  const work = await mkdtemp(join(tmpdir(), "ci-"));
  await mkdir(join(work, "home"));
  await writeFile(join(work, "disk.raw"), diskWithPartition());
  await writeFile(
    join(work, "vm.yaml"),
    "images: [{ location: ~/replaced.raw }]\ncontainerd: { system: false, user: false }\n",
  );
  const limaCi = async (args: readonly string[], env: Record<string, string> = {}) => {
    const {
      CI: _,
      GITHUB_ACTIONS: __,
      GITHUB_STEP_SUMMARY: ___,
      GITLAB_CI: ____,
      BUILDKITE: _____,
      ...usual
    } = process.env;
    const outcome = await runProcess({
      file: process.execPath,
      args: ["--disable-warning=ExperimentalWarning", "--conditions=@sysinit/source", main, ...args],
      cwd: work,
      env: {
        ...usual,
        NO_COLOR: "1",
        HOME: join(work, "home"),
        LIMA_HOME: fake.options.home,
        PATH: `${join(fake.directory, "bin")}${delimiter}${process.env["PATH"]}`,
        ...env,
      },
    });
    return { status: outcome.exitCode, stdout: outcome.stdout, stderr: outcome.stderr };
  };
  const read = (name: string) => readFile(join(work, name), "utf8");
  return {
    fake,
    work,
    write: (name, text) => writeFile(join(work, name), text),
    read,
    async run(suite, args = [], env = {}) {
      await writeFile(
        join(work, "lima-ci.yaml"),
        `name: a suite\nimage: { file: disk.raw }\ntemplate: vm.yaml\n${suite}\n`,
      );
      await rm(join(work, "report.json"), { force: true });
      const ran = await limaCi(["run", "--report", "report.json", ...args], env);
      const written = await read("report.json").catch(() => "{}");
      return { ...ran, report: JSON.parse(written) as Report };
    },
    limaCi,
    async [Symbol.asyncDispose]() {
      // What a run kept is ours to end.
      const lima = createLima(fake.options);
      for (const { name } of await lima.list()) await (await lima.attach(name)).delete();
      await fake.remove();
      await rm(work, { recursive: true, force: true });
    },
  };
}

/** An empty disk with a partition table of the old kind: one Linux partition. */
function diskWithPartition(): Buffer {
  const disk = Buffer.alloc(1024 * 1024);
  disk.set([0x80, 0, 2, 0, 0x83, 0, 3, 0, 1, 0, 0, 0, 0x00, 0x07, 0, 0], 446);
  disk.set([0x55, 0xaa], 510);
  return disk;
}
