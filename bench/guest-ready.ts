import type { RunningVm } from "@sysinit/lima-control";
import { guestTemplate, withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";
import { buildReferenceGuest, type ReferenceGuest } from "../test/reference-guest.ts";

/**
 * guest-ready [ROUNDS]: from `limactl start` to the first `limactl shell` that succeeds, on the reference guest with our
 * payload, against the same root file system with cloud-init. In turns, ROUNDS (default 3) times each, a fresh instance each
 * time. Creating the instance is not counted. Needs what the tests need: run it as the user that ./hack/setup made.
 */
export async function guestReady(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 3);
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

function startOnce(image: string): Promise<{ taken: number; chain: string }> {
  return withHome(async ({ lima, limactl }) => {
    await lima.create({ name: "vm", template: guestTemplate(image) });
    const taken = await secondsOf(async () => {
      await limactl("start", "vm");
      await limactl("shell", "--workdir", "/", "vm", "true");
    });
    return { taken, chain: await criticalChain((await lima.attach("vm")) as RunningVm) };
  });
}

async function criticalChain(vm: RunningVm): Promise<string> {
  // cloud-init's last stage ends a moment after limactl says READY.
  return (
    await vm.script(
      "systemctl is-system-running --wait >/dev/null || true; systemd-analyze; systemd-analyze critical-chain --no-pager",
    )
  ).stdout;
}
