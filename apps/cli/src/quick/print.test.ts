import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { expect, it } from "vitest";

const length = 1_000_000;

const program = `
  import { once } from "node:events";
  import { writeSync } from "node:fs";
  import { print } from "${import.meta.dirname}/print.ts";
  await once(process.stdin, "data");
  process.stdin.destroy();
  const printed = print("x".repeat(${length}));
  writeSync(2, "waiting");
  await printed;
  process.exit();`;

/** A process that prints more than a pipe holds, when it is told to; `impatient` with a pipe that does not let one wait. */
function printing(pipe: "patient" | "impatient") {
  // As another process that has the same stdout leaves it when it is killed; a Node that ends puts it right.
  const before = pipe === "patient" ? "" : "new net.Socket({ fd: 1 }); process.kill(process.pid, 9)";
  const script =
    '{ "$0" -e "$1"; } 2>/dev/null; exec "$0" --disable-warning=ExperimentalWarning --input-type=module -e "$2"';
  return spawn("sh", ["-c", script, process.execPath, before, program]);
}

it("all is out before the process ends, also through a pipe that does not let one wait", async () => {
  const child = printing("impatient");
  child.stdin.end("go");
  // Nobody reads before the pipe is full.
  const [said] = (await once(child.stderr, "data")) as [Buffer];
  expect(said.toString()).toBe("waiting");
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  expect({ length: output.length, status: status as number }).toEqual({ length, status: 0 });
});

it.each(["patient", "impatient"] as const)(
  "a reader that has seen enough is no error: %s pipe",
  async (pipe) => {
    const child = printing(pipe);
    child.stdout.destroy();
    await once(child.stdout, "close");
    child.stdin.end("go");
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);
