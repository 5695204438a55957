/** A bench takes arguments and gives plain data: `ratio`, its `limit`, and what they were made of. */
type Bench = (args: readonly string[]) => Promise<object>;

/** By name; what a bench needs is loaded when it runs. */
const benches: Record<string, () => Promise<Bench>> = {
  "cli-start": async () => (await import("./cli-start.ts")).cliStart,
  exec: async () => (await import("./exec.ts")).exec,
  "guest-ready": async () => (await import("./guest-ready.ts")).guestReady,
  "image-install": async () => (await import("./image-install.ts")).imageInstall,
  list: async () => (await import("./list.ts")).list,
  "nix-build": async () => (await import("./nix-build.ts")).nixBuild,
  reset: async () => (await import("./reset.ts")).reset,
  start: async () => (await import("./start.ts")).start,
  "template-validate": async () => (await import("./template-validate.ts")).templateValidate,
  "up-again": async () => (await import("./up-again.ts")).upAgain,
};

const [name = "", ...args] = process.argv.slice(2);
const load = benches[name];
if (load === undefined) {
  console.error(`usage: pnpm bench NAME [ARGUMENT…]; NAME is one of ${Object.keys(benches).join(", ")}`);
  process.exitCode = 2;
} else {
  const bench = await load();
  // The last line is for programs.
  console.log(JSON.stringify(await bench(args)));
}
