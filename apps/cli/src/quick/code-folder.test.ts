import { expect, it } from "vitest";

import { codeFolder } from "./code-folder.ts";

it.each([
  [{ XDG_CACHE_HOME: "/caches", HOME: "/home/you" }, "/caches/lima-cli/code"],
  [{ XDG_CACHE_HOME: "relative", HOME: "/home/you" }, "/home/you/.cache/lima-cli/code"],
  [{ HOME: "/home/you" }, "/home/you/.cache/lima-cli/code"],
  [{}, undefined],
  [{ HOME: "/home/you", NODE_DISABLE_COMPILE_CACHE: "1" }, undefined],
])("with %j, compiled code is kept in %s", (env, folder) => expect(codeFolder(env)).toBe(folder));
