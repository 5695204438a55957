import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { fit, textWidth } from "../src/index.ts";
import { inTerminal } from "./in-terminal.ts";

const fixture = join(import.meta.dirname, "fixtures/steps.ts");
const argv = (...flags: string[]) => [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--conditions=@sysinit/source",
  fixture,
  ...flags,
];
const ended = [
  expect.stringMatching(/^ {2}nix: warning: a dirty tree$/),
  expect.stringMatching(/^✓ build \.#image: built \(0\.\d s\)$/),
];

describe("on a terminal", () => {
  it("one live line says what is waited for and for how long, the tail stands below it, and both are gone at the end", async () => {
    const { screen, marks, wrapped } = await inTerminal(argv(), { columns: 100 });
    expect(marks).toEqual([
      [
        ...ended,
        expect.stringMatching(
          /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] start web-1a2b3c · \d\.\d s · waiting for the essential requirement 1 of 3: `ssh`/,
        ),
        "  │ [    1.2] Booting Linux",
        "  │ [    2.3] Mounting /  and more",
      ],
    ]);
    expect(screen).toEqual([...ended, expect.stringMatching(/^✓ start web-1a2b3c: ready \(\d\.\d s\)$/)]);
    expect(wrapped).toBe(false);
  });

  it("a narrow one gets shorter lines, never a second row", async () => {
    const { marks, wrapped } = await inTerminal(argv(), { columns: 40 });
    expect(marks[0]!.slice(-3)).toEqual([
      expect.stringMatching(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] start web-1a2b3c · \d\.\d s · waiting f…$/),
      "  │ [    1.2] Booting Linux",
      "  │ [    2.3] Mounting /  and more",
    ]);
    expect(wrapped).toBe(false);
  });

  it("one that becomes narrower is drawn anew, and nothing of the wide lines is left", async () => {
    const { screen, marks, status } = await inTerminal(argv("--resize"), { columns: 100 });
    expect(status).toBe(0);
    expect(marks[1]!.slice(-3)).toEqual([
      expect.stringMatching(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] start web-1a2b3c · \d…?/),
      "  │ [    1.2] Booting …",
      "  │ [    2.3] Mounting…",
    ]);
    expect(screen.join("\n")).not.toMatch(/waiting for|Booting|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
    expect(screen.join("")).toMatch(/✓ start web-1a2b3c: ready \(\d\.\d s\)$/);
  });

  it("NO_COLOR: no colour", async () => {
    const plain = await inTerminal(argv(), { env: { NO_COLOR: "1" } });
    expect(plain.raw).not.toMatch(/\u001b\[\d*m/);
    expect((await inTerminal(argv(), { env: { NO_COLOR: undefined } })).raw).toMatch(/\u001b\[32m✓/);
  });

  it("TERM=dumb: plain lines", async () => {
    const { raw } = await inTerminal(argv(), { env: { TERM: "dumb", NO_COLOR: "1" } });
    expect(raw).not.toContain("\u001b");
    expect(raw).toMatch(/^→ build \.#image\r\n/);
  });
});

describe("without a terminal", () => {
  const talk = (...flags: string[]) =>
    execFileSync("/bin/sh", ["-c", '"$@" 2>&1', "sh", ...argv(...flags)], { encoding: "utf8" }).replace(
      /\d\.\d s/g,
      "T",
    );

  it("plain lines", () => {
    expect(talk()).toBe(
      [
        "→ build .#image",
        "  nix: warning: a dirty tree",
        "✓ build .#image: built (T)",
        "→ start web-1a2b3c",
        "✓ start web-1a2b3c: ready (T)",
        "",
      ].join("\n"),
    );
  });

  it("--verbose: every change and every line of a log", () => {
    expect(talk("--verbose").split("\n")).toEqual(
      expect.arrayContaining([
        "  … build .#image (T): downloaded 3 MiB of 5 MiB",
        "  x> compiling",
        expect.stringMatching(/^ {2}… start web-1a2b3c \(T\): waiting for/),
      ]),
    );
  });

  it("--quiet: nothing", () => {
    expect(talk("--quiet")).toBe("");
  });

  it("--log-format json: one object a line", () => {
    const lines = talk("--log-format=json")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ event, step }) => `${String(event)} ${String(step)}`)).toEqual([
      "started build .#image",
      "update build .#image",
      "note build .#image",
      "done build .#image",
      "started start web-1a2b3c",
      "update start web-1a2b3c",
      "done start web-1a2b3c",
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(info|warning)$/) as unknown,
        elapsedMs: expect.any(Number) as unknown,
      });
      expect(line["time"]).toMatch(/^\d{4}-\d\d-\d\dT/);
    }
  });
});

it.each([
  ["plain", 5],
  ["größe", 5],
  ["e\u0301", 1],
  ["大きさ", 6],
  ["👩‍💻", 2],
])("%s takes %i columns", (text, columns) => {
  expect(textWidth(text)).toBe(columns);
  expect(fit(text, columns)).toBe(text);
});

it("what does not fit is cut, never in the middle of a character", () => {
  expect(fit("大きさ", 4)).toBe("大…");
  expect(fit("abc", 2)).toBe("a…");
  expect(fit("abc", 0)).toBe("");
});
