import { once } from "node:events";
import { connect } from "node:net";
import { pipeline } from "node:stream/promises";

import { Fatal } from "../fatal.ts";

/** `ssh … -W HOST:PORT …`: joins stdin and stdout to a port of the guest, which is one of this machine. */
export async function ssh(args: readonly string[]): Promise<number> {
  const target = args[args.indexOf("-W") + 1] ?? "";
  if (!args.includes("-W")) throw new Fatal("the ssh of the fake only forwards to a port");
  const colon = target.lastIndexOf(":");
  const host = target.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  const socket = connect({ host, port: Number(target.slice(colon + 1)), allowHalfOpen: true });
  try {
    await once(socket, "connect");
  } catch {
    process.stderr.write("channel 0: open failed: connect failed: Connection refused\r\n");
    return 255;
  }
  await Promise.all([pipeline(process.stdin, socket), pipeline(socket, process.stdout)]);
  return 0;
}
