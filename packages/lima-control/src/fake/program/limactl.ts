import { commands } from "./commands/all.ts";
import { Fatal } from "./fatal.ts";
import { log, setLogFormat } from "./log.ts";

/** A limactl that makes no VM; see `installFakeLimactl`. Its words and statuses are those of Lima 2.2. */
async function main(argv: readonly string[]): Promise<number> {
  const args = [...argv];
  while (args[0]?.startsWith("-") === true) {
    const flag = args.shift()!;
    if (flag.startsWith("--log-format=")) setLogFormat(flag.slice("--log-format=".length));
    if (flag === "--version") return commands["--version"]!([]);
  }
  const [name = "", ...rest] = args;
  const command = commands[name];
  if (command === undefined) throw new Fatal(`unknown command "${name}" for "limactl"`);
  return await command(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Fatal)) throw error;
  log("fatal", error.message);
  process.exitCode = 1;
}
