import packageJson from "../package.json" with { type: "json" };
import { codeFolder } from "./quick/code-folder.ts";
import { loadWithKeptCode } from "./quick/kept-code.ts";
import { plainValidation, type PlainValidation } from "./quick/plain-validation.ts";
import { print } from "./quick/print.ts";

/** Whether this has been built, which makes files that are loaded one by one. */
declare const BUILT: true | undefined;

// What a person waits for at the prompt loads nothing that it does not need: not even the streams of Node. It is built as
// CommonJS, which Node starts faster, and does not stay for Node to take everything down again.
void answerQuickly(process.argv.slice(2)).then((done) => (done ? process.exit() : wholeProgram()));

/** Does what needs no more than a part of the program; false, with nothing said, where that is not enough. */
async function answerQuickly(argv: readonly string[]): Promise<boolean> {
  const [first, second] = argv;
  if (argv.length === 1 && (first === "--version" || first === "-V")) {
    await print(`${packageJson.version}\n`);
    return true;
  }
  if (first === "__complete") return complete(argv.slice(second === "--" ? 2 : 1));
  const validation = plainValidation(argv);
  return validation !== undefined && validate(validation);
}

async function complete(words: readonly string[]): Promise<true> {
  const { answer } =
    typeof BUILT === "undefined"
      ? await import("./completion/answer.ts")
      : load<typeof import("./completion/answer.ts")>("answer.cjs").exports;
  await print(await answer(words, process.env));
  return true;
}

async function validate(asked: PlainValidation): Promise<boolean> {
  if (typeof BUILT === "undefined") return (await import("./quick/validate-file.ts")).validateFile(asked);
  const { exports, keepCode } = load<typeof import("./quick/validate-file.ts")>("validate-file.cjs");
  const done = await exports.validateFile(asked);
  // After the verdict is out. Of a file that was left to the whole program too little has been compiled.
  if (done) keepCode();
  return done;
}

function load<Exports>(name: string) {
  const folder = codeFolder(process.env);
  return loadWithKeptCode<Exports>(`${__dirname}/${name}`, folder && `${folder}/${name}.code`);
}

function wholeProgram(): Promise<unknown> {
  if (typeof BUILT === "undefined") return import("./main.ts");
  const folder = codeFolder(process.env);
  if (folder !== undefined) process.getBuiltinModule("node:module").enableCompileCache(folder);
  // By a name that the compiler need not know.
  const main = "./main.js";
  return import(main);
}
