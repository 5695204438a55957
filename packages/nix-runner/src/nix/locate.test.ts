import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { locateNix } from "./locate.ts";

function nixIn(directory: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "nix");
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
  return file;
}

test("nix on PATH comes first", () => {
  const directory = temporaryDirectory();
  const path = nixIn(join(directory, "bin"));
  nixIn(join(directory, ".nix-profile/bin"));
  expect(locateNix({ PATH: join(directory, "bin"), HOME: directory })).toEqual({ path });
});

test("every place that was looked at is named", () => {
  const directory = temporaryDirectory();
  const location = locateNix({ PATH: join(directory, "bin"), HOME: directory }, "no-such-nix");
  expect(location).toEqual({
    tried: [
      join(directory, "bin/no-such-nix"),
      "/nix/var/nix/profiles/default/bin/no-such-nix",
      "/run/current-system/sw/bin/no-such-nix",
      join(directory, ".nix-profile/bin/no-such-nix"),
      join(directory, ".local/state/nix/profile/bin/no-such-nix"),
    ],
  });
});

test("a path is the only place", () => {
  const directory = temporaryDirectory();
  const path = nixIn(directory);
  expect(locateNix({ PATH: "" }, path)).toEqual({ path });
  expect(locateNix({ PATH: "" }, join(directory, "other"))).toEqual({ tried: [join(directory, "other")] });
});
