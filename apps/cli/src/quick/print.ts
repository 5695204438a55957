import { writeSync } from "node:fs";

/** Writes to stdout without the streams of Node, which take a while to load. A reader that has seen enough is no error. */
export function print(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A pipe that is full and does not wait.
    if (code === "EAGAIN") process.stdout.write(rest);
    else if (code !== "EPIPE") throw error;
  }
}
