import { writeSync } from "node:fs";

import packageJson from "../package.json" with { type: "json" };
import { answer } from "./completion/answer.ts";

/** The whole program, where it has been built. */
declare const MAIN_MODULE: string | undefined;

// What a person waits for at the prompt loads nothing that it does not need: not even the streams of Node. It is built as
// CommonJS, which Node starts faster.
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  writeSync(1, `${packageJson.version}\n`);
} else if (argv[0] === "__complete") {
  void answer(argv.slice(argv[1] === "--" ? 2 : 1), process.env).then((lines) => writeSync(1, lines));
} else {
  void import(typeof MAIN_MODULE === "string" ? MAIN_MODULE : "./main.ts");
}
