import { execFile } from "node:child_process";

/**
 * What a program of the system prints; rejects unless it ends with 0. Not with `promisify`: that is in node:util, which takes
 * longer to load than all else that a process identity needs.
 */
export function outputOf(file: string, args: readonly string[], env = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env }, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });
}
