import { enableCompileCache } from "node:module";

// Before anything else is loaded: from the second time on Node takes it compiled.
enableCompileCache();

const [{ createProgram }, { parse }] = await Promise.all([
  import("./program.ts"),
  import("@sysinit-internal/terminal/commander"),
]);
await parse(createProgram(), process.argv.slice(2));
