import { join } from "node:path";
import { spawnSync } from "node:child_process";

import { expect, it } from "vitest";

import { inTerminal } from "../in-terminal.ts";

const argv = [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--conditions=@sysinit/source",
  join(import.meta.dirname, "../fixtures/build.ts"),
];

it("on a terminal the totals are one live line, each download one below it, and both are gone at the end", async () => {
  const { screen, marks, wrapped } = await inTerminal(argv, { columns: 120 });
  expect(marks).toEqual([
    [
      expect.stringMatching(
        /^⠋ build \.#image · [\d.]+ s · downloading · built 0 of 2 · downloaded \d+\.\d MiB of 32\.0 MiB \(\d+%\)/,
      ),
      expect.stringMatching(
        /^ {2}│ ↓ image-big · \d+\.\d MiB of 12\.0 MiB \(\d+%\) · from 127\.0\.0\.1:8099$/,
      ),
    ],
  ]);
  expect(screen).toEqual([expect.stringMatching(/^✓ build \.#image: built \([\d.]+ s\)$/)]);
  expect(wrapped).toBe(false);
});

it("a narrow terminal has the same lines, cut where it ends", async () => {
  const { marks, wrapped } = await inTerminal(argv, { columns: 40 });
  expect(marks[0]).toEqual([
    expect.stringMatching(/^⠋ build \.#image · [\d.]+ s · down.*…$/),
    expect.stringMatching(/^ {2}│ ↓ image-big · .*…$/),
  ]);
  expect(wrapped).toBe(false);
});

it("without a terminal there are plain lines and no escape sequences", () => {
  const { stderr } = spawnSync(argv[0]!, [...argv.slice(1), "--verbose"], { encoding: "utf8" });
  expect(stderr).not.toContain("\u001b");
  const lines = stderr.trimEnd().split("\n");
  expect(lines[0]).toBe("→ build .#image");
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}… build \.#image .*: downloading · built 0 of 2/));
  expect(lines.at(-1)).toMatch(/^✓ build \.#image: built/);
});
