import { version } from "../settings.ts";
import { clone, rename } from "./clone.ts";
import { create } from "./create.ts";
import { deleteInstances } from "./delete.ts";
import { driver, hostAgent } from "./host-agent.ts";
import { edit } from "./edit.ts";
import { info } from "./info.ts";
import { list } from "./list.ts";
import { protect, unprotect } from "./protect.ts";
import { shell } from "./shell.ts";
import { ssh } from "./ssh.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";

/** What the fake can be asked for: each takes its arguments and returns the exit status. */
export const commands: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  "--version"() {
    console.log(`limactl version ${version()}`);
    return 0;
  },
  clone,
  create,
  delete: deleteInstances,
  edit,
  info,
  list,
  protect,
  rename,
  shell,
  start,
  stop,
  unprotect,
  // What the fake starts of itself, in place of limactl's host agent and QEMU, and what stands for ssh.
  hostagent: hostAgent,
  driver,
  ssh,
};
