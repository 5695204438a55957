import { writeSync } from "node:fs";

/**
 * Writes to stdout without the streams of Node, which take a while to load; all of it is out when the promise is kept. A reader
 * that has seen enough is no error.
 */
export async function print(text: string): Promise<void> {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") return;
    if (code !== "EAGAIN") throw error;
    // A pipe that is full and does not let one wait.
    await new Promise((resolve) => process.stdout.on("error", resolve).write(rest, resolve));
  }
}
