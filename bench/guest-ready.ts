import { mkdtemp, rm } from "node:fs/promises";
import { stringify } from "yaml";

import { createLima, detectAccelerator, type RunningVm } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";
import { median } from "./median.ts";
import { buildReferenceGuest, type ReferenceGuest } from "../test/reference-guest.ts";

/**
 * guest-ready [ROUNDS]: from `limactl start` to the first `limactl shell` that succeeds, on the reference guest with our
 * payload, against the same root file system with cloud-init. In turns, ROUNDS (default 3) times each, a fresh instance each
 * time. Creating the instance is not counted. Needs what the tests need: run it as the user that ./hack/setup made.
 */
export async function guestReady(args: readonly string[]): Promise<object> {
  const rounds = Number(args[0] ?? 3);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`ROUNDS is '${args[0]}', not a positive number`);
  const guests: readonly ReferenceGuest[] = ["image", "imageWithCloudInit"];
  const images = new Map<ReferenceGuest, string>();
  for (const guest of guests) images.set(guest, await buildReferenceGuest(guest));

  const seconds = new Map<ReferenceGuest, number[]>(guests.map((guest) => [guest, []]));
  const chains = new Map<ReferenceGuest, string>();
  for (let round = 1; round <= rounds; round++) {
    for (const guest of guests) {
      const { taken, chain } = await startOnce(images.get(guest)!);
      seconds.get(guest)!.push(taken);
      chains.set(guest, chain);
      console.log(`round ${round}: ${guest} ${taken.toFixed(1)} s`);
    }
  }
  for (const guest of guests) console.log(`\nThe last boot of ${guest}:\n\n${chains.get(guest)}`);
  const [payload, cloudInit] = guests.map((guest) => median(seconds.get(guest)!));
  return {
    bench: "guest-ready",
    ratio: Number((payload! / cloudInit!).toFixed(3)),
    limit: 0.6,
    payloadSeconds: rounded(seconds.get("image")!),
    cloudInitSeconds: rounded(seconds.get("imageWithCloudInit")!),
  };
}

async function startOnce(image: string): Promise<{ taken: number; chain: string }> {
  const home = await mkdtemp("/tmp/b-");
  const env = { ...process.env, ...(await detectAccelerator()).env, LIMA_HOME: home };
  const limactl = async (...args: string[]) => {
    const outcome = await runProcess({
      file: "limactl",
      args: ["--tty=false", ...args],
      env,
      timeoutMs: 600_000,
    });
    if (outcome.exitCode !== 0) throw new Error(`limactl ${args.join(" ")}: ${outcome.stderr}`);
    return outcome.stdout;
  };
  const lima = createLima({ home, env, owner: "bench guest-ready" });
  const vm = await lima.create({ name: "vm", template: template(image) });
  try {
    const began = performance.now();
    await limactl("start", "vm");
    await limactl("shell", "--workdir", "/", "vm", "true");
    const taken = (performance.now() - began) / 1000;
    return { taken, chain: await criticalChain((await lima.attach("vm")) as RunningVm) };
  } finally {
    await vm.delete();
    await rm(home, { recursive: true, force: true });
  }
}

async function criticalChain(vm: RunningVm): Promise<string> {
  // cloud-init's last stage ends a moment after limactl says READY.
  return (
    await vm.script(
      "systemctl is-system-running --wait >/dev/null || true; systemd-analyze; systemd-analyze critical-chain --no-pager",
    )
  ).stdout;
}

function template(image: string): string {
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

function rounded(values: readonly number[]): number[] {
  return values.map((value) => Number(value.toFixed(1)));
}
