import { guestTemplate, withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";
import { buildReferenceGuest } from "../test/reference-guest.ts";

/**
 * exec [ROUNDS]: `vm.exec(["true"])` against `limactl shell … true`, started from one process, on the reference guest. In
 * turns, ROUNDS (default 20) times each; medians.
 */
export async function exec(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 20);
  const image = await buildReferenceGuest("image");
  return withHome(async ({ lima, limactl }) => {
    const vm = await lima.launch({ name: "vm", template: guestTemplate(image) });
    const through: number[] = [];
    const bare: number[] = [];
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= rounds; round++) {
      through.push(await secondsOf(() => vm.exec(["true"])));
      bare.push(await secondsOf(() => limactl("shell", "--workdir", "/", "vm", "true")));
    }
    return {
      bench: "exec",
      ratio: Number((median(through.slice(1)) / median(bare.slice(1))).toFixed(3)),
      limit: 1.1,
      throughUsSeconds: rounded([median(through.slice(1))], 3)[0],
      limactlShellSeconds: rounded([median(bare.slice(1))], 3)[0],
    };
  });
}
