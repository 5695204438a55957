import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { verifyImages } from "@sysinit/image-store";
import { createLima, detectAccelerator, probes, type RunningVm } from "@sysinit/lima-control";
import { NixRunnerError, type BuildEvent } from "@sysinit/nix-runner";
import { guestSystem, obtainImage, vmBuildMachine, type ObtainImageOptions } from "@sysinit-internal/machine";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";

// For the reference guest: its builders use Debian's programs, outside of nix's sandbox.
const derivation = (name: string, script: string) => `derivation {
      name = "${name}";
      system = "${guestSystem()}";
      builder = "/bin/sh";
      args = [ "-euc" ''PATH=/usr/bin:/usr/sbin\n${script}'' ];
    }`;
const flake = `{
  outputs = { self }: {
    packages.${guestSystem()} = {
      image = ${derivation(
        "built-in-vm",
        `
        mkdir -p $out/nix-support root
        uname -n > root/hostname
        truncate -s 16M $out/disk.raw
        mke2fs -q -t ext4 -d root -E offset=1048576 $out/disk.raw 15M
        printf '\\125\\252' | dd of=$out/disk.raw bs=1 seek=510 conv=notrunc status=none
        echo "built on $(cat root/hostname)"
        echo "file raw-image $out/disk.raw" > $out/nix-support/hydra-build-products`,
      )};
      broken = ${derivation("broken", "echo no luck in here; exit 7")};
      slow = ${derivation("slow", "echo sleeping; sleep 6061")};
    };
  };
}
`;

let work: string;
let vm: RunningVm;

beforeAll(async () => {
  // Short: Lima keeps sockets in it.
  work = await mkdtemp(join(tmpdir(), "b-"));
  await mkdir(join(work, "flake"));
  await writeFile(join(work, "flake/flake.nix"), flake);
  const env = { ...process.env, ...(await detectAccelerator()).env };
  const lima = createLima({ home: join(work, "lima"), env, owner: "build-in-vm test" });
  const template = {
    images: [{ location: process.env["SYSINIT_TEST_IMAGE"]! }],
    cpus: 2,
    memory: "2GiB",
    disk: "20GiB",
    mounts: [],
    containerd: { system: false, user: false },
  };
  const stopped = await lima.create({ name: "builder", template: stringify(template) });
  vm = await stopped.start();
});

afterAll(async () => {
  await vm?.delete();
  await rm(work, { recursive: true, force: true });
});

/** Builds an attribute of the flake in the VM and installs it in a store of the test's own. */
function obtain(attribute: string, more: Partial<ObtainImageOptions> = {}) {
  return obtainImage({
    installable: `${join(work, "flake")}#${attribute}`,
    directory: work,
    imageName: "built",
    imagesDirectory: join(work, "images"),
    env: process.env,
    signal: new AbortController().signal,
    // Root's nix settings are its own to choose.
    buildMachine: vmBuildMachine(vm, { user: "root" }),
    nixOptions: { sandbox: "false" },
    ...more,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<NixRunnerError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!NixRunnerError.is(error)) throw new Error("it did not fail as it should", { cause: error });
  return error;
}

it("a derivation is built in the VM, and its image is copied out and installed in the store", async () => {
  const events: BuildEvent[] = [];
  const { built, image, outcome } = await obtain("image", { onBuild: (event) => events.push(event) });
  expect(built).toMatchObject({
    machine: "VM builder",
    outcome: "built",
    format: "raw",
    system: guestSystem(),
  });
  expect(existsSync(built.outPath)).toBe(false);
  const hostname = (await vm.exec(["uname", "-n"])).stdout;
  expect(events).toContainEqual(
    expect.objectContaining({ type: "log", line: `built on ${hostname.trim()}` }),
  );

  expect(outcome).toBe("installed");
  const stored = await readFile(image.file);
  expect(stored.length).toBe(16 * 1024 * 1024);
  expect(stored.includes(hostname)).toBe(true);
  const [verified] = await verifyImages({ directory: join(work, "images") });
  expect(verified).toMatchObject({ problems: [] });
  expect((await obtain("image")).outcome).toBe("unchanged");
  expect((await vm.exec(["sh", "-c", "ls -d /var/tmp/sysinit-* || true"], { user: "root" })).stdout).toBe("");
});

it("a builder that fails in the VM is told with its last words", async () => {
  expect(await failureOf(obtain("broken"))).toMatchObject({
    code: "BUILD_FAILED",
    message: "broken failed to build (exit code 7): no luck in here",
    details: { machine: "VM builder", logTail: ["no luck in here"] },
  });
});

it("aborting ends the builder in the VM", async () => {
  const controller = new AbortController();
  const failure = await failureOf(
    obtain("slow", {
      signal: controller.signal,
      onBuild: (event) => event.type === "log" && controller.abort(new Error("enough")),
    }),
  );
  expect(failure).toMatchObject({ code: "ABORTED", cause: { message: "enough" } });
  await vm.waitFor(probes.command(["sh", "-c", "! pgrep -f '[s]leep 6061'"]));
});
