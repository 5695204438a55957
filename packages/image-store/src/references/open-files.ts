import { readdir, readlink } from "node:fs/promises";

/**
 * The processes that have files open, by path: those of this user, where /proc tells. A VM that runs keeps its disk open; so
 * does limactl while it copies an image.
 */
export async function findOpenFiles(): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  if (process.platform !== "linux") return found;
  for (const pid of await list("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    for (const descriptor of await list(`/proc/${pid}/fd`)) {
      const path = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => undefined);
      // An image that was set aside meanwhile is still the same file.
      if (path?.startsWith("/")) found.set(path, [...(found.get(path) ?? []), Number(pid)]);
    }
  }
  return found;
}

// A process of another user, or one that has ended.
async function list(directory: string): Promise<string[]> {
  return await readdir(directory).catch(() => []);
}
