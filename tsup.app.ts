import { defineConfig } from "tsup";

/**
 * How the apps are built: ESM that needs nothing installed beside it, in pieces, so that a command loads only what it
 * imports.
 */
export async function appConfig() {
  return defineConfig({
    entry: ["src/main.ts"],
    format: "esm",
    target: "node22",
    platform: "node",
    clean: true,
    splitting: true,
    noExternal: [/.*/],
    // yaml comes as CommonJS, which asks for Node's own modules with `require`.
    banner: {
      js: `#!/usr/bin/env node
import { createRequire as nodeRequire } from "node:module";
const require = nodeRequire(import.meta.url);`,
    },
    define: { BUILT_IN_TEMPLATE: JSON.stringify(await builtInTemplate()) },
    esbuildOptions(options) {
      options.conditions = ["@sysinit/source"];
      options.mainFields = ["module", "main"];
    },
  });
}

/** The minimal template with its base in one text, so that the bundle needs no file beside it. */
async function builtInTemplate(): Promise<string> {
  const { loadTemplate } = (await import(
    // By path and not by name: its built form may not exist yet.
    new URL("./packages/lima-template/src/index.ts", import.meta.url).href
  )) as typeof import("@sysinit/lima-template");
  const { template, findings } = await loadTemplate(
    decodeURIComponent(new URL("./lima/templates/minimal.yaml", import.meta.url).pathname),
  );
  if (template === undefined) throw new Error(`lima/templates/minimal.yaml: ${JSON.stringify(findings)}`);
  return template.render();
}
