import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findExecutable } from "@sysinit-internal/process";
import { onTestFinished } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";

const { DOCKER_REGISTRY: named, SYSINIT_LIMA_TOOLS: tools = "" } = process.env;

/** The registry of the distribution project: the one that was named, else one that is found. */
export const registryProgram =
  named ?? findExecutable("docker-registry", { extraDirectories: [join(tools, "registry/bin")] });

/** ORAS, beside that registry or where it is found. */
export const orasProgram =
  registryProgram === undefined
    ? undefined
    : findExecutable("oras", { extraDirectories: [dirname(registryProgram)] });

export interface TestRegistry {
  /** `127.0.0.1:PORT` */
  host: string;
  port: number;
  /** Where it keeps what was pushed. */
  storage: string;
}

/** Starts a registry of its own for a test. `auth` is that part of its configuration, as JSON. */
export async function startRegistry(auth?: object): Promise<TestRegistry> {
  const directory = temporaryDirectory();
  const storage = join(directory, "storage");
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const config = {
    version: "0.1",
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: storage }, maintenance: { uploadpurging: { enabled: false } } },
    http: { addr: host },
    ...(auth === undefined ? {} : { auth }),
  };
  writeFileSync(join(directory, "config.yml"), JSON.stringify(config));
  const child = spawn(registryProgram!, ["serve", join(directory, "config.yml")], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], OTEL_TRACES_EXPORTER: "none" },
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  for (;;) {
    const answered = await fetch(`http://${host}/v2/`).catch(() => undefined);
    await answered?.body?.cancel();
    if (answered !== undefined) return { host, port, storage };
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the registry has ended: ${said}`);
    await sleep(20);
  }
}

/** The file in which a registry keeps a blob. */
export function blobFile(storage: string, sha256: string): string {
  const file = join(storage, "docker/registry/v2/blobs/sha256", sha256.slice(0, 2), sha256, "data");
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  return file;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
