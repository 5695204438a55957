import { mkdtemp, rm } from "node:fs/promises";
import { stringify } from "yaml";

import { createLima, detectAccelerator, type Lima } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";

/** A LIMA_HOME of one bench, Lima through our package, and limactl itself. */
export interface BenchHome {
  home: string;
  env: NodeJS.ProcessEnv;
  lima: Lima;
  /** Gives what limactl wrote; throws unless it ends with 0. */
  limactl(...args: string[]): Promise<string>;
}

/** A fresh LIMA_HOME while `work` runs; every instance in it goes with it. The path is short, for the sockets. */
export async function withHome<Result>(work: (bench: BenchHome) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp("/tmp/b-");
  const env = { ...process.env, ...(await detectAccelerator()).env, LIMA_HOME: home };
  const limactl = async (...args: string[]) => {
    const outcome = await runProcess({
      file: "limactl",
      args: ["--tty=false", ...args],
      env,
      timeoutMs: 600_000,
      maxOutputBytes: 64 * 1024 * 1024,
    });
    if (outcome.exitCode !== 0) throw new Error(`limactl ${args.join(" ")}: ${outcome.stderr}`);
    return outcome.stdout;
  };
  try {
    return await work({ home, env, lima: createLima({ home, env, owner: "bench" }), limactl });
  } finally {
    const left = (await limactl("list", "--quiet")).split("\n").filter((name) => name !== "");
    if (left.length > 0) await limactl("delete", "--force", ...left);
    await rm(home, { recursive: true, force: true });
  }
}

/** A template for a build of the reference guest, that mounts nothing. */
export function guestTemplate(image: string): string {
  return stringify({
    images: [{ location: image }],
    cpus: 2,
    memory: "2GiB",
    disk: "20GiB",
    user: { name: "dev", home: "/home/dev" },
    mounts: [],
    containerd: { system: false, user: false },
    portForwards: [
      { guestIP: "0.0.0.0", guestPort: 68, proto: "udp", ignore: true },
      { guestIP: "0.0.0.0", guestPort: 5355, proto: "any", ignore: true },
    ],
  });
}
