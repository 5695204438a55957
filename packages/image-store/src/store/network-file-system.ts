import { statfs } from "node:fs/promises";

import type { Emit } from "../events/emitter.ts";

/** Linux's statfs(2) numbers of file systems that several machines can write to. */
const networkFileSystems = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xfe534d42, "SMB2"],
  [0xff534d42, "CIFS"],
  [0x01021997, "9p"],
]);

/** The name of a network file system by its statfs(2) number; undefined for any other. */
export function networkFileSystem(type: number): string | undefined {
  return networkFileSystems.get(type >>> 0);
}

/** Says when the store lies where other machines can write: the lock of one of them is never taken over. */
export async function warnAboutFileSystem(directory: string, emit: Emit): Promise<void> {
  const name = networkFileSystem((await statfs(directory)).type);
  if (name === undefined) return;
  emit({
    type: "warning",
    message: `${directory} lies on ${name}: use the store from one machine only, or remove its lock file by hand when another one crashed`,
  });
}
