import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { limaCiErrorCodes } from "../src/lima-ci-error.ts";

it("the README's table has every error code of ours, with what it means", async () => {
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const table = Object.fromEntries(
    [...readme.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]),
  );
  expect(table).toEqual(limaCiErrorCodes);
});
