import { guestTemplate, withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";
import { buildReferenceGuest } from "../test/reference-guest.ts";

/**
 * reset [ROUNDS]: up to the first command that succeeds in a fresh guest: by a reset to a snapshot, by a clone of a suspended golden
 * instance and by one of a stopped one, each against create and start. ROUNDS (default 3) times each, in turns.
 */
export async function reset(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 3);
  const image = await buildReferenceGuest("image");
  return withHome(async ({ lima }) => {
    const template = guestTemplate(image);
    const golden = await (await lima.launch({ name: "golden", template })).suspend();
    const stopped = await (await lima.launch({ name: "stopped", from: golden })).stop();
    const fresh: number[] = [];
    const cloned: number[] = [];
    const booted: number[] = [];
    const again: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      fresh.push(
        await secondsOf(async () => (await lima.launch({ name: "fresh", template })).exec(["true"])),
      );
      await (await lima.attach("fresh")).delete();
      for (const [seconds, from] of [
        [cloned, golden],
        [booted, stopped],
      ] as const) {
        seconds.push(
          await secondsOf(async () => (await lima.launch({ name: "clone", from })).exec(["true"])),
        );
        await (await lima.attach("clone")).delete();
      }

      const vm = await lima.launch({ name: "resettable", from: golden, resettable: true });
      await vm.exec(["touch", "/tmp/left"]);
      again.push(
        await secondsOf(async () => {
          const how = await vm.reset();
          if (how !== "snapshot") throw new Error(`reset by ${how}`);
          await vm.exec(["test", "!", "-e", "/tmp/left"]);
        }),
      );
      await vm.delete();
      console.log(
        `round ${round}: create and start ${fresh.at(-1)!.toFixed(1)} s, clone ${cloned.at(-1)!.toFixed(1)} s, booted clone ${booted.at(-1)!.toFixed(1)} s, reset ${again.at(-1)!.toFixed(1)} s`,
      );
    }
    return {
      bench: "reset",
      ratio: Number((median(again) / median(fresh)).toFixed(3)),
      limit: 0.1,
      cloneRatio: Number((median(cloned) / median(fresh)).toFixed(3)),
      cloneLimit: 0.8,
      bootedCloneRatio: Number((median(booted) / median(fresh)).toFixed(3)),
      createAndStartSeconds: rounded(fresh),
      cloneSeconds: rounded(cloned),
      bootedCloneSeconds: rounded(booted),
      resetSeconds: rounded(again),
    };
  });
}
