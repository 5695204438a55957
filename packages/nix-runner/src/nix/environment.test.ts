import { expect, test } from "vitest";

import { nixEnvironment } from "./environment.ts";

test("what nix needs is kept, and what leads it astray is not", () => {
  const kept = {
    HOME: "/home/dev",
    PATH: "/bin",
    NIX_CONFIG: "sandbox = false",
    NIX_REMOTE: "daemon",
    https_proxy: "http://proxy",
    SSH_AUTH_SOCK: "/s",
    TMPDIR: "/tmp",
  };
  const astray = {
    IN_SYSTEMD: "1",
    NIX_BUILD_TOP: "/build",
    NIX_LOG_FD: "2",
    NODE_OPTIONS: "--inspect",
    GIT_DIR: "/other/.git",
    GIT_INDEX_FILE: "/other/.git/index",
    LD_LIBRARY_PATH: "/lib",
    DYLD_INSERT_LIBRARIES: "/x.dylib",
    UNSET: undefined,
  };
  const env = nixEnvironment({ ...kept, ...astray, LC_ALL: "de_DE.UTF-8" });
  expect(env).toMatchObject({ ...kept, LC_ALL: "C.UTF-8", GIT_TERMINAL_PROMPT: "0" });
  for (const name of Object.keys(astray)) expect(env).not.toHaveProperty(name);
});
