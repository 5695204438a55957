import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { endOrphanedLimactl, isMaking } from "./orphaned-limactl.ts";

const limactl = ["/usr/bin/limactl", "--tty=false", "--log-format=json"];

test.each([
  [["create", "--name", "vm", "-"], true],
  [["clone", "golden", "vm"], true],
  [["create", "--name", "vm2", "-"], false],
  [["start", "--timeout=720s", "vm"], false],
  [["delete", "--force", "vm"], false],
  [[], false],
])("%j", (args, making) => {
  expect(isMaking([...limactl, ...args], "vm")).toBe(making);
});

test("a limactl that an interpreter runs is one as well", () => {
  const words = ["/usr/bin/node", "--flag", "/opt/limactl.js", "--tty=false", "create", "--name", "vm", "-"];
  expect(isMaking(words, "vm")).toBe(true);
});

test.skipIf(process.platform !== "linux")(
  "one that knows LIMA_HOME by another spelling is ended, and one of another LIMA_HOME is not",
  async () => {
    const home = await mkdtemp(join(tmpdir(), "orphan-"));
    const link = `${home}-link`;
    await symlink(home, link);
    onTestFinished(() =>
      Promise.all([home, link].map((path) => rm(path, { recursive: true }))).then(() => {}),
    );
    const start = async (LIMA_HOME: string) => {
      const child = spawn(
        process.execPath,
        ["-e", "setInterval(() => {}, 1000)", "limactl", "create", "vm"],
        {
          env: { LIMA_HOME },
          stdio: "ignore",
        },
      );
      onTestFinished(() => void child.kill("SIGKILL"));
      await once(child, "spawn");
      return child;
    };
    const [ours, others] = [await start(link), await start(`${home}-other`)];
    await endOrphanedLimactl(`${home}/`, "vm");
    await expect.poll(() => ours.signalCode).toBe("SIGKILL");
    expect(others.signalCode).toBeNull();
  },
);
