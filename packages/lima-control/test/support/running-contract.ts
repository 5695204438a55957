import { getEventListeners } from "node:events";
import { appendFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

import { commandContract } from "./running-commands.ts";
import { fileContract } from "./running-files.ts";
import type { RunningSubject } from "./running-subject.ts";

/** What a running VM does, whichever limactl it is of: the fake is trusted because it passes these as well. */
export function runningContract(subject: () => RunningSubject): void {
  commandContract(subject);
  fileContract(subject);

  const vm = () => subject().vm;

  test("a port of this machine leads to one of the guest until it is closed", async () => {
    const { port, greeting } = subject().greeter;
    const forward = await vm().forward(port);
    expect(await greetingAt(forward.hostPort)).toContain(greeting);
    // Fewer than the ten strangers from which on sshd, which greets in a real guest, sends some away.
    const many = await Promise.all(Array.from({ length: 6 }, () => greetingAt(forward.hostPort)));
    expect(many.every((heard) => heard.includes(greeting))).toBe(true);
    await expect(vm().forward(port, { hostPort: forward.hostPort })).rejects.toMatchObject({
      code: "FORWARD_FAILED",
    });
    await forward.close();
    await expect(greetingAt(forward.hostPort)).rejects.toThrow("ECONNREFUSED");
  });

  test("a forward that is aborted, even before it listens, is closed; one that is closed leaves no listener behind", async () => {
    const { port } = subject().greeter;
    const late = new AbortController();
    const opening = vm().forward(port, { signal: late.signal });
    late.abort();
    await expect(opening).rejects.toMatchObject({ code: "ABORTED" });

    const { signal } = new AbortController();
    const forwards = await Promise.all([vm().forward(port, { signal }), vm().forward(port, { signal })]);
    await Promise.all(forwards.map((forward) => forward.close()));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("a port of the guest at which nobody listens takes connections and says nothing", async () => {
    await using forward = await vm().forward(9);
    expect(await greetingAt(forward.hostPort)).toBe("");
    await expect(vm().forward(0)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  });

  test("how ssh reaches the guest is told", async () => {
    const config = await vm().sshConfig();
    expect(config).toMatchObject({
      file: join(vm().dir, "ssh.config"),
      host: `lima-${vm().name}`,
      hostname: "127.0.0.1",
      port: (await vm().inspect()).sshLocalPort,
    });
    expect(config.identityFile).toMatch(/_config\/user$/);
  });

  test("the logs are told, and followed as they are written until the loop is left", async () => {
    const files = new Set<string>();
    for await (const { file } of vm().logs()) files.add(file);
    expect([...files]).toEqual(expect.arrayContaining(["ha.stderr.log", "ha.stdout.log", "serial.log"]));

    const file = join(vm().dir, "own.log");
    const followed: string[] = [];
    const following = (async () => {
      for await (const { text } of vm().logs({ follow: true, files: ["own.log"] })) {
        if (followed.push(text) === 3) break;
      }
    })();
    await appendFile(file, "one\ntw");
    await sleep(600);
    expect(followed).toEqual(["one"]);
    await appendFile(file, "o\nthree\n");
    await following;
    expect(followed).toEqual(["one", "two", "three"]);

    for (const follow of [false, true]) {
      const controller = new AbortController();
      const heard: string[] = [];
      for await (const { text } of vm().logs({ follow, files: ["own.log"], signal: controller.signal })) {
        heard.push(text);
        controller.abort();
      }
      expect(heard).toEqual(["one"]);
    }
  });

  test("a VM that is restarted has booted anew, and its handle from before still works", async () => {
    const before = await vm().inspect();
    const again = await vm().restart({ timeoutMs: Infinity, stopTimeoutMs: Infinity });
    expect(again).toMatchObject({ state: "running", readiness: { state: "ready" } });
    expect((await vm().inspect()).driverPid).not.toBe(before.driverPid);
    expect((await vm().exec(["echo", "here"])).stdout).toBe("here\n");
  });

  test("in one that was stopped nothing is run, and no input is taken for an answer to limactl", async () => {
    const stopped = await vm().stop({ force: true });
    await expect(vm().exec(["true"], { input: "y\n" })).rejects.toMatchObject({ code: "NOT_RUNNING" });
    await expect(vm().sshConfig()).rejects.toMatchObject({ code: "NOT_RUNNING" });
    await expect(vm().forward(80)).rejects.toMatchObject({ code: "NOT_RUNNING" });
    expect(await stopped.inspect()).toMatchObject({ status: "Stopped" });
  });
}

function greetingAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1");
    socket.setEncoding("utf8").on("data", (text: string) => {
      heard += text;
      socket.end();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(heard));
  });
}
