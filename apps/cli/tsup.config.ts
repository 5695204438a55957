import { createHash } from "node:crypto";

import { defineConfig, type Options } from "tsup";

import { appConfig } from "../../tsup.app.ts";

/** The commands as data, so that completion need not load their definitions. */
async function commandTable(): Promise<string> {
  const [{ createProgram }, table] = (await Promise.all([
    // By path, so that the compiler of this file need not know them.
    import(new URL("src/program.ts", import.meta.url).href),
    import(new URL("src/program/command-table.ts", import.meta.url).href),
  ])) as [typeof import("./src/program.ts"), typeof import("./src/program/command-table.ts")];
  // A text within the text: an object would be made when anything of the app is loaded.
  return JSON.stringify(JSON.stringify(table.commandTable(createProgram())));
}

/**
 * What is started, and what that loads for the prompt in place of the whole program: small CommonJS files that need nothing but
 * Node.
 */
const quick = {
  format: "cjs",
  target: "node22",
  noExternal: [/^[^.]/],
  esbuildOptions(options) {
    options.conditions = ["@sysinit/source"];
    // What is only for the sources is left out.
    options.minifySyntax = true;
  },
  // See src/quick/kept-code.ts.
  plugins: [
    {
      name: "first-line",
      renderChunk: (code) => ({
        code: `// ${createHash("sha256").update(code).digest("hex")}\n(function(module,require){${code}\n})`,
      }),
    },
  ],
} satisfies Options;

export default defineConfig(async () => [
  { ...((await appConfig()) as Options), clean: ["!*.cjs"] },
  {
    ...quick,
    entry: ["src/start.ts"],
    platform: "node",
    external: ["./main.ts", "./completion/answer.ts", "./quick/validate-file.ts"],
    banner: { js: "#!/usr/bin/env node" },
    plugins: [],
    define: { BUILT: "true" },
  },
  {
    ...quick,
    entry: ["src/completion/answer.ts"],
    platform: "node",
    external: ["../program.ts", "../program/command-table.ts"],
    define: { COMMAND_TABLE: await commandTable() },
  },
  {
    ...quick,
    entry: ["src/quick/validate-file.ts"],
    // Not "node": for that yaml has one CommonJS module, for all others ES modules, of which only what is used is bundled.
    platform: "neutral",
    // What asks limactl, which is never asked here.
    external: [/^node:/, "./limactl/template-directories.ts"],
    minify: true,
  },
]);
