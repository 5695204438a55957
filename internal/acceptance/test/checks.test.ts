import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { checks, runChecks, type CheckContext, type CommandResult, type Guest } from "../src/index.ts";

/** A guest that answers with what is given; the real one is in the machine tests. */
function guestThatSays(stdout: string, exitCode = 0): Guest {
  return { exec: (): Promise<CommandResult> => Promise.resolve({ exitCode, stdout, stderr: "" }) };
}

async function verdict(id: string, context: Partial<CheckContext>) {
  const check = checks.find((candidate) => candidate.id === id)!;
  const results = await runChecks({
    checks: [check],
    context: { signal: new AbortController().signal, env: {}, ...context },
  });
  return results[0]!;
}

describe("a guest check fails on a guest that is not as wanted", () => {
  it.each([
    ["vm.shell", "", 255],
    ["vm.uname", "Darwin host 24.0\n", 0],
    ["vm.tools", "/usr/bin/vim\n/usr/bin/git\n/usr/bin/curl\nmissing: wget\n", 0],
    ["vm.nix", "sh: nix: not found\n", 127],
    ["vm.whoami", "lima /home/lima.guest lima\n", 0],
    ["vm.whoami", "dev /home/dev root\n", 0],
    ["vm.sudo", "", 1],
  ])("%s on %j with status %i", async (id, stdout, exitCode) => {
    expect(await verdict(id, { guest: guestThatSays(stdout, exitCode) })).toMatchObject({ verdict: "fail" });
  });
});

it("a check that throws is an error, not a failure", async () => {
  const guest: Guest = { exec: () => Promise.reject(new Error("ssh is gone")) };
  expect(await verdict("vm.shell", { guest })).toMatchObject({ verdict: "error", evidence: "ssh is gone" });
});

describe("~/projects", () => {
  async function hostWith(files: string[]) {
    const projectsDirectory = await temporary("projects-");
    for (const file of files) await writeFile(join(projectsDirectory, file), "");
    return { sshDirectory: "/nonexistent", projectsDirectory };
  }

  it("fails when the guest shows another directory, and leaves nothing of ours on the host", async () => {
    const host = await hostWith(["mine.txt"]);
    const guest = guestThatSays("/home/dev/projects\n\nempty\n");
    expect(await verdict("vm.projects", { guest, host })).toMatchObject({ verdict: "fail" });
    expect(await readdir(host.projectsDirectory)).toEqual(["mine.txt"]);
  });
});

describe("~/.ssh", () => {
  it("fails when a key of the host is not visible", async () => {
    const sshDirectory = await temporary("ssh-");
    await writeFile(join(sshDirectory, "id_ed25519.pub"), "");
    const host = { sshDirectory, projectsDirectory: "/nonexistent" };
    const seen = await verdict("vm.ssh-keys", { guest: guestThatSays("authorized_keys\n"), host });
    expect(seen).toMatchObject({ verdict: "fail", evidence: "not visible in the guest: id_ed25519.pub" });
  });
});

/** A directory that goes with the test. */
async function temporary(prefix: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), prefix));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}
