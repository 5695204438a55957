import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { parse, stringify } from "yaml";

import {
  createLima,
  detectAccelerator,
  type Lima,
  type RunningVm,
  type VmEvent,
} from "@sysinit/lima-control";
import { runProcess, type ProcessOutcome } from "@sysinit-internal/process";
import type { Status } from "./guest.ts";

/** Every limactl that the guest is started with, by hack/test; else the one on PATH. */
export const limactls = (process.env["LIMACTL_ALL"] ?? "limactl").split(delimiter);

type Document = Record<string, unknown>;

/** What limactl says at every start under emulation, whatever the guest. */
const saidUnderEmulation = /only for debugging|Not adding QEMU argument/;

/**
 * One LIMA_HOME with a home of the host's user beside it, and instances of the reference guest in it. The folders are below
 * /tmp: a socket's path may not be long.
 */
export class Host {
  readonly folder: string;
  readonly limactl: string;
  readonly lima: Lima;
  readonly events: VmEvent[] = [];
  /** What limactl gets to see. */
  readonly environment: Record<string, string | undefined>;

  private constructor(folder: string, limactl: string, env: Record<string, string | undefined>) {
    this.folder = folder;
    this.limactl = limactl;
    this.environment = env;
    this.lima = createLima({
      limactl,
      home: join(folder, "lima"),
      env,
      owner: "guest tests",
      onEvent: (event) => this.events.push(event),
    });
  }

  static async make(limactl: string): Promise<Host> {
    const folder = await mkdtemp("/tmp/g-");
    for (const path of ["home/.ssh", "home/projects", "lima"])
      await mkdir(join(folder, path), { recursive: true, mode: 0o700 });
    await writeFile(join(folder, "home/projects/from-host"), "written on the host\n");
    const accelerator = await detectAccelerator();
    const env = {
      ...process.env,
      ...accelerator.env,
      HOME: join(folder, "home"),
      LIMA_HOME: join(folder, "lima"),
      PATH: limactl.includes("/")
        ? `${dirname(limactl)}${delimiter}${process.env["PATH"]}`
        : process.env["PATH"],
    };
    return new Host(folder, limactl, env);
  }

  /** The major and minor version of Lima: "2.2". */
  async version(): Promise<string> {
    return /^\d+\.\d+/.exec((await this.lima.info()).version)![0];
  }

  /** limactl itself; throws unless it ends with 0. */
  async run(...args: string[]): Promise<ProcessOutcome> {
    const outcome = await runProcess({
      file: this.limactl,
      args: ["--tty=false", ...args],
      env: this.environment,
      timeoutMs: 120_000,
    });
    if (outcome.exitCode !== 0) throw new Error(`limactl ${args.join(" ")}: ${outcome.stderr}`);
    return outcome;
  }

  /** A command in a session as a person gets it: `limactl shell`. */
  async shell(vm: RunningVm, ...argv: string[]): Promise<string> {
    return (await this.run("shell", "--workdir", "/", vm.name, ...argv)).stdout.trimEnd();
  }

  /** Creates and starts an instance of the reference guest; what is missing in it is for the test to find. */
  async launch(name: string, changes: Document = {}): Promise<RunningVm> {
    return await this.lima.launch({ name, template: stringify(template(changes)), allowDegraded: true });
  }

  /** Stops a VM, changes its lima.yaml and what else there is to change, and starts it. */
  async restart(
    vm: RunningVm,
    change: (document: Document) => void,
    whileStopped: () => Promise<unknown> = async () => {},
  ): Promise<RunningVm> {
    const stopped = await vm.stop();
    await this.edit(vm.name, change);
    await whileStopped();
    return await stopped.start({ allowDegraded: true });
  }

  /** The same, with a machine whose hardware clock is in another year. */
  async restartWithWrongClock(vm: RunningVm, change: (document: Document) => void): Promise<RunningVm> {
    await vm.stop();
    await this.edit(vm.name, change);
    const variable = "QEMU_SYSTEM_X86_64";
    const env = { ...this.environment, [variable]: `${this.environment[variable]} -rtc base=2019-03-01` };
    const lima = createLima({ limactl: this.limactl, home: this.lima.home, env });
    const stopped = await lima.attach(vm.name);
    if (stopped.state !== "stopped") throw new Error(`${vm.name} still runs`);
    return await stopped.start({ allowDegraded: true });
  }

  async edit(name: string, change: (document: Document) => void): Promise<void> {
    const file = join(this.folder, "lima", name, "lima.yaml");
    const document = parse(await readFile(file, "utf8")) as Document;
    change(document);
    await writeFile(file, stringify(document));
  }

  /** What limactl complained of since the last time that it was asked. */
  complaints(): string[] {
    return this.events
      .splice(0)
      .flatMap((event) =>
        event.type === "message" && event.level !== "info" && !saidUnderEmulation.test(event.text)
          ? [event.text]
          : [],
      );
  }

  /** Everything that the guest wrote to its consoles. */
  async console(name: string): Promise<string> {
    const folder = join(this.folder, "lima", name);
    const logs = (await readdir(folder)).filter((file) => /^serial.*\.log$/.test(file));
    return (await Promise.all(logs.map((file) => readFile(join(folder, file), "utf8")))).join("");
  }

  async remove(): Promise<void> {
    for (const { name } of await this.lima.list()) {
      await this.run("delete", "--force", name).catch((error: unknown) => console.error(String(error)));
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function template(changes: Document): Document {
  const image = process.env["SYSINIT_TEST_IMAGE"] ?? "";
  if (image === "") throw new Error("SYSINIT_TEST_IMAGE names no image to boot: run ./hack/test");
  return {
    images: [{ location: image }],
    cpus: 2,
    memory: "2GiB",
    disk: "20GiB",
    user: { name: "dev", home: "/home/dev" },
    mountType: "9p",
    mounts: [],
    containerd: { system: false, user: false },
    portForwards: [
      { guestIP: "0.0.0.0", guestPort: 68, proto: "udp", ignore: true },
      { guestIP: "0.0.0.0", guestPort: 5355, proto: "any", ignore: true },
    ],
    ...changes,
  };
}

/** /run/lima/status.json of a running guest. */
export async function statusOf(vm: RunningVm): Promise<Status> {
  return JSON.parse((await vm.exec(["cat", "/run/lima/status.json"])).stdout) as Status;
}

/** The steps that failed, with what each said: a test that finds one too many shows why. */
export async function failedSteps(vm: RunningVm): Promise<Status["steps"]> {
  return (await statusOf(vm)).steps.filter((step) => !step.ok);
}
