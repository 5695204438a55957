import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { directoryVariable, faultsFile, programsDirectory, versionFile, type Faults } from "../faults.ts";

/** Where this fake is installed. */
export function directory(): string {
  const value = process.env[directoryVariable];
  if (value === undefined) throw new Error(`${directoryVariable} is not set`);
  return value;
}

export const limaHome = (): string => process.env["LIMA_HOME"] ?? join(homedir(), ".lima");
export const version = (): string => readFileSync(join(directory(), versionFile), "utf8");
export const programs = (): string => join(directory(), programsDirectory);
export const faults = (): Faults => JSON.parse(readFileSync(join(directory(), faultsFile), "utf8")) as Faults;

/** Whether it plays a Lima that is at least that new. */
export function isAtLeast(wanted: string): boolean {
  const [have, want] = [version(), wanted].map((text) => text.split(".").map(Number));
  for (let index = 0; index < want!.length; index += 1) {
    const difference = (have![index] ?? 0) - want![index]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
