import { guestTemplate, withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";
import { buildReferenceGuest } from "../test/reference-guest.ts";

/**
 * exec [ROUNDS]: `vm.exec(["true"])` against `limactl shell … true`, started from one process, on the reference guest. In
 * turns, ROUNDS (default 20) times each; medians. `exec` starts the program, where `true` is a builtin of the login shell that
 * limactl starts: `programRatio` is that to `limactl shell … /bin/true`.
 */
export async function exec(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 20);
  const image = await buildReferenceGuest("image");
  return withHome(async ({ lima, limactl }) => {
    const vm = await lima.launch({ name: "vm", template: guestTemplate(image) });
    const through: number[] = [];
    const bare: number[] = [];
    const program: number[] = [];
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= rounds; round++) {
      through.push(await secondsOf(() => vm.exec(["true"])));
      bare.push(await secondsOf(() => limactl("shell", "--workdir", "/", "vm", "true")));
      program.push(await secondsOf(() => limactl("shell", "--workdir", "/", "vm", "/bin/true")));
    }
    const [ours, builtin, started] = [through, bare, program].map((seconds) => median(seconds.slice(1)));
    return {
      bench: "exec",
      ratio: Number((ours! / builtin!).toFixed(3)),
      limit: 1.1,
      programRatio: Number((ours! / started!).toFixed(3)),
      throughUsSeconds: rounded([ours!], 3)[0],
      limactlShellSeconds: rounded([builtin!], 3)[0],
      limactlShellProgramSeconds: rounded([started!], 3)[0],
    };
  });
}
