import { mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { withoutPrivateKeys } from "@sysinit-internal/files";

import { ownDirectory } from "../locks/instance-lock.ts";

/** The logs in the directory of an instance: of the host agent and of the serial consoles. */
export async function logFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names
    .filter((name) => name.endsWith(".log"))
    .sort()
    .map((name) => join(dir, name));
}

/** The end of a text file, at most `maxBytes` of it; "" when it cannot be read. */
export async function readTail(file: string, maxBytes: number): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, maxBytes);
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, size - length);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}

/** The last lines of what the guest wrote to its serial consoles, without control characters. */
export async function consoleTail(dir: string, maxLines: number): Promise<string[]> {
  const files = (await logFiles(dir)).filter((file) => /[\\/]serial[a-z]*\.log$/.test(file));
  const tails = await Promise.all(files.map((file) => readTail(file, 16 * 1024)));
  return tails.flatMap((tail) => readableLines(tail).slice(-maxLines));
}

/** The lines of a console's output as a person would read them: no escape sequences, no empty lines. */
export function readableLines(text: string): string[] {
  return text
    .replace(/\u001b(?:\[[0-9;?=]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g, "")
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/g, "").trimEnd())
    .filter((line) => line.trim() !== "");
}

const keptBytes = 4 * 1024 * 1024;

/**
 * Keeps the logs of a failed start, since the instance is about to be deleted; those of an earlier one of the same name
 * are replaced. Returns the files, and none when that fails: what failed before matters more.
 */
export async function keepLogs(home: string, name: string, dir: string): Promise<string[]> {
  try {
    const target = join(ownDirectory(home, "logs"), name);
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true, mode: 0o700 });
    return await copyLogs(dir, target);
  } catch {
    return [];
  }
}

/** Copies the logs of an instance, the last 4 MiB of each, without private keys that may be in them. */
export async function copyLogs(dir: string, target: string): Promise<string[]> {
  const copies: string[] = [];
  for (const file of await logFiles(dir)) {
    const copy = join(target, file.slice(dir.length + 1));
    await writeFile(copy, withoutPrivateKeys(await readTail(file, keptBytes)), { mode: 0o600 });
    copies.push(copy);
  }
  return copies;
}
