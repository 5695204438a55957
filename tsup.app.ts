import { defineConfig } from "tsup";

/** How the apps are built: one bundled ESM file that needs nothing installed beside it. */
export function appConfig() {
  return defineConfig({
    entry: ["src/main.ts"],
    format: "esm",
    target: "node22",
    platform: "node",
    clean: true,
    splitting: false,
    noExternal: [/.*/],
    banner: { js: "#!/usr/bin/env node" },
    esbuildOptions(options) {
      options.conditions = ["@sysinit/source"];
      options.mainFields = ["module", "main"];
    },
  });
}
