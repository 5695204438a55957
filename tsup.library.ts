import { defineConfig } from "tsup";

/** How every published package is built: one ESM entry with declarations, private workspace packages inlined. */
export function libraryConfig(entry: readonly string[] = ["src/index.ts"]) {
  return defineConfig({
    entry: [...entry],
    format: "esm",
    target: "node22",
    platform: "node",
    clean: true,
    noExternal: [/^@sysinit-internal\//],
    // The relative imports inside those packages as well, else they stay in the declarations as files that are not there.
    dts: { resolve: [/^@sysinit-internal\//, /^\.\.?\//] },
    esbuildOptions(options) {
      options.conditions = ["@sysinit/source"];
    },
  });
}
