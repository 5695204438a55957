import { createHash, randomBytes } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

import { probes, type ExecOptions } from "@sysinit/lima-control";

import type { RunningSubject } from "./running-subject.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What this process really holds: how much it has of the machine also depends on when garbage was collected last. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What becomes of a command in a running VM: its words, streams, status and end. */
export function commandContract(subject: () => RunningSubject): void {
  const vm = () => subject().vm;
  const inGuest = (name: string) => `${subject().guestDirectory}/${name}`;
  const outputOf = async (argv: readonly string[], options?: ExecOptions) =>
    (await vm().exec(argv, options)).stdout;

  test.each([0, 1, 2, 125, 126, 255])(
    "a command that ends with %i is told to have ended with that",
    async (status) => {
      expect(await vm().tryExec(["sh", "-c", `exit ${status}`])).toMatchObject({
        exitCode: status,
        stdout: "",
        stderr: "",
      });
    },
  );

  test("a command that is killed, and one that is not there, are told as a shell tells it", async () => {
    expect(await vm().tryExec(["sh", "-c", "kill -9 $$"])).toMatchObject({ exitCode: 137 });
    expect(await vm().tryExec(["no-such-command"])).toMatchObject({ exitCode: 127 });
    expect(await vm().tryExec(["-c", "/bin/echo"])).toMatchObject({ exitCode: 127, stdout: "" });
    expect(await vm().tryExec(["sh", "-c", "kill -SEGV $$"])).toMatchObject({ exitCode: 139, stderr: "" });
  });

  test("exec fails with what the command said", async () => {
    await expect(vm().exec(["sh", "-c", "echo out; echo why >&2; exit 3"])).rejects.toMatchObject({
      code: "GUEST_COMMAND_FAILED",
      message: expect.stringContaining("ended with status 3: why"),
      details: { exitCode: 3, stdout: "out\n", stderr: "why\n" },
    });
  });

  test("every byte but zero reaches the command in its arguments, its environment and its directory", async () => {
    const odd = `${Array.from({ length: 127 }, (_, index) => String.fromCharCode(index + 1)).join("")}ü→😀\n`;
    const words = [odd, "A=b", "", " ", "-n", "--", "{{.Name}}", "~", "!!", odd];
    const printed = await outputOf(["printf", "%s\\0", ...words]);
    expect(printed.split("\0").slice(0, -1)).toEqual(words);

    const env = { ODD: odd, EMPTY: "", _1: "x" };
    expect(await outputOf(["sh", "-c", 'printf %s "$ODD$EMPTY$_1"'], { env })).toBe(`${odd}x`);

    // Variables that shells have for themselves.
    const kept = { UID: "1000", PPID: "7", OPTIND: "x", sysinit_count: "9" };
    const shown = (await outputOf(["env"], { env: kept })).split("\n");
    expect(shown).toEqual(expect.arrayContaining(["UID=1000", "PPID=7", "OPTIND=x", "sysinit_count=9"]));

    const cwd = inGuest(odd.replaceAll("/", ""));
    await vm().exec(["mkdir", "-p", "--", cwd]);
    expect(await outputOf(["pwd"], { cwd })).toBe(`${cwd}\n`);
  });

  test("a first argument with an equals sign is the name of a program, and a builtin of the shell is none", async () => {
    expect(await vm().tryExec(["A=b", "true"])).toMatchObject({ exitCode: 127 });
    expect(await vm().tryExec(["A=b", "true"], { env: { C: "d" } })).toMatchObject({ exitCode: 127 });
    expect(await vm().tryExec(["exit", "0"])).toMatchObject({ exitCode: 127 });
  });

  test("output without a newline at its end stays without one", async () => {
    expect(await vm().exec(["sh", "-c", "printf out; printf err >&2"])).toMatchObject({
      stdout: "out",
      stderr: "err",
    });
  });

  test("lines are told as they come, without anything of ours", async () => {
    const lines: string[] = [];
    await vm().exec(["sh", "-c", "echo one; echo two >&2; printf three >&2"], {
      onLine: (line, stream) => lines.push(`${stream} ${line}`),
    });
    expect(lines.sort()).toEqual(["stderr three", "stderr two", "stdout one"]);
  });

  test("a listener that throws ends the command, with its own error", async () => {
    const onLine = () => {
      throw new RangeError("mine");
    };
    await expect(vm().exec(["sh", "-c", "echo one; exec sleep 600"], { onLine })).rejects.toThrow("mine");
    await expect(vm().exec(["printf", "one"], { onLine })).rejects.toThrow("mine");
  });

  test("stdin is what is given, and empty when nothing is; the directory is the root unless another is asked for", async () => {
    expect(await outputOf(["pwd"])).toBe("/\n");
    expect(await outputOf(["pwd"], { cwd: "/usr" })).toBe("/usr\n");
    expect(await outputOf(["cat"])).toBe("");
    expect(await outputOf(["cat"], { input: "some\ninput" })).toBe("some\ninput");
  });

  test("a directory that the guest does not have is told as that, not as a failed command", async () => {
    await expect(vm().tryExec(["true"], { cwd: "/no/such" })).rejects.toMatchObject({
      code: "GUEST_DIRECTORY_MISSING",
    });
  });

  test("root has the same environment", async () => {
    const options = { user: "root", env: { WORD: "x" }, cwd: "/usr" } as const;
    expect(await outputOf(["sh", "-c", 'echo "$WORD"; pwd'], options)).toBe("x\n/usr\n");
  });

  test("a script ends at the first command in it that fails", async () => {
    expect((await vm().script('x="a b"\nprintf "%s\\n" "$x"\n')).stdout).toBe("a b\n");
    expect((await vm().script("-x 2>/dev/null || echo here")).stdout).toBe("here\n");
    await expect(vm().script("echo before\nfalse\necho after\n")).rejects.toMatchObject({
      code: "GUEST_COMMAND_FAILED",
      details: { exitCode: 1, stdout: "before\n" },
    });
  });

  test("a command is carried whole, or refused when it is too long, whatever it holds", async () => {
    const letters = "y".repeat(120_000);
    expect(await outputOf(["printf", "%s", letters])).toBe(letters);
    const quotes = "'".repeat(7_000);
    expect(await outputOf(["printf", "%s", quotes])).toBe(quotes);
    for (const text of ["y".repeat(131_072), "echo 'a b'; ".repeat(4_000)]) {
      await expect(vm().script(text)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    }
  });

  test("a command that takes too long, one that is aborted, and one that is killed are ended in the guest as well", async () => {
    const isThere = async (seconds: number) =>
      (await vm().tryExec(["sh", "-c", `pgrep -f 'sleep [${seconds % 10}]${Math.floor(seconds / 10)}'`]))
        .exitCode === 0;
    const sleeper = (seconds: number) => [
      "sh",
      "-c",
      `echo begun; sleep ${seconds % 10}${Math.floor(seconds / 10)}; true`,
    ];
    await expect(vm().exec(sleeper(5471), { timeoutMs: 5_000 })).rejects.toMatchObject({
      code: "EXEC_TIMEOUT",
      details: { stdout: "begun\n" },
    });
    expect(await isThere(5471)).toBe(false);

    const controller = new AbortController();
    const aborted = vm().exec(sleeper(5472), {
      user: "root",
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
    expect(await isThere(5472)).toBe(false);

    const spawned = vm().spawn(sleeper(5473));
    for await (const chunk of spawned.stdout) {
      expect(String(chunk)).toBe("begun\n");
      break;
    }
    await spawned.kill();
    await expect(spawned.exit).rejects.toMatchObject({ code: "ABORTED" });
    expect(await isThere(5473)).toBe(false);
  });

  test("a limit may be longer than a timer of Node's, or endless; what is no time is refused before anything is done", async () => {
    for (const timeoutMs of [2 ** 31, Infinity]) {
      expect(await vm().tryExec(["sleep", "0.1"], { timeoutMs })).toMatchObject({ exitCode: 0 });
      await vm().waitFor(probes.file("/"), { timeoutMs });
    }
    for (const timeoutMs of [Number.NaN, -1]) {
      const refused = { code: "BAD_ARGUMENT", message: expect.stringContaining("timeoutMs") };
      await expect(vm().tryExec(["true"], { timeoutMs })).rejects.toMatchObject(refused);
      await expect(vm().waitFor(probes.file("/"), { timeoutMs })).rejects.toMatchObject(refused);
      await expect(vm().stop({ timeoutMs })).rejects.toMatchObject(refused);
      await expect(vm().restart({ timeoutMs })).rejects.toMatchObject(refused);
      await expect(vm().restart({ stopTimeoutMs: timeoutMs })).rejects.toMatchObject({
        code: "BAD_ARGUMENT",
      });
    }
    expect(await vm().inspect()).toMatchObject({ status: "Running" });
  });

  test("64 MiB go through a command and back, byte for byte, in memory that does not grow with them", async () => {
    const block = randomBytes(1024 * 1024);
    const sent = createHash("sha256");
    const mebibytes = 64;
    async function* input() {
      for (let index = 0; index < mebibytes; index += 1) {
        block.writeUInt32LE(index, 0);
        sent.update(block);
        yield Buffer.from(block);
      }
    }
    const before = heldBytes();
    let peak = before;
    let measuredAt = 0;
    let bytes = 0;
    const received = createHash("sha256");
    await using cat = vm().spawn(["cat"], { input: input() });
    for await (const chunk of cat.stdout as AsyncIterable<Uint8Array>) {
      received.update(chunk);
      bytes += chunk.byteLength;
      if (bytes - measuredAt < 4 * 1024 * 1024) continue;
      measuredAt = bytes;
      peak = Math.max(peak, heldBytes());
    }
    expect(await cat.exit).toMatchObject({ exitCode: 0 });
    expect(received.digest("hex")).toBe(sent.digest("hex"));
    expect(peak - before).toBeLessThan(16 * 1024 * 1024);
  });

  test("a command that reads no more ends its input, one whose output nobody reads goes on, and both keep their status", async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(64 * 1024);
    }
    expect(await vm().tryExec(["sh", "-c", "head -c 5 | wc -c; exit 7"], { input: endless() })).toMatchObject(
      {
        exitCode: 7,
        stdout: expect.stringMatching(/^\s*5\n$/),
      },
    );
    const unread = vm().spawn([
      "sh",
      "-c",
      "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; exit 4",
    ]);
    expect(await unread.exit).toMatchObject({ exitCode: 4 });
  });

  test("an input that fails ends the command, and is told as that", async () => {
    async function* failing() {
      yield Buffer.from("some");
      throw new Error("the disk is gone");
    }
    await expect(vm().exec(["cat"], { input: failing() })).rejects.toMatchObject({
      code: "INPUT_FAILED",
      message: expect.stringContaining("the disk is gone"),
    });
    const noBytes = Readable.from([{ a: 1 }]) as AsyncIterable<Uint8Array>;
    await expect(vm().exec(["cat"], { input: noBytes })).rejects.toMatchObject({ code: "INPUT_FAILED" });
  });

  test("an input that says nothing keeps nobody waiting after the command", async () => {
    const input = new PassThrough();
    await vm().exec(["true"], { input });
    expect(input.destroyed).toBe(true);
  });

  test("a spawned command can be talked with: what it says comes before its input ends", async () => {
    let heardOne: (() => void) | undefined;
    const one = new Promise<void>((resolve) => (heardOne = resolve));
    await using talking = vm().spawn(["sh", "-c", "echo one; read line; echo $line"], {
      input: (async function* () {
        await one;
        yield Buffer.from("two\n");
      })(),
    });
    let heard = "";
    for await (const chunk of talking.stdout) {
      heard += String(chunk);
      heardOne?.();
    }
    expect(heard).toBe("one\ntwo\n");
  });
}
