import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { Script } from "node:vm";

/** A file of ours that was loaded. */
export interface Loaded<Exports> {
  exports: Exports;
  /** Keeps the code that has been compiled by now for the next run. Does nothing where it came from an earlier one. */
  keepCode(): void;
}

/** How our build writes such a file: a function in the manner of CommonJS. */
type Factory = (module: object, require: (id: string) => unknown) => void;

/**
 * Loads `file` with the code that an earlier run compiled and kept as `keptIn`, if there is any. Node's own compile cache has
 * only what is compiled when a file is loaded; most functions are compiled when they are first called, and for a short run that
 * is most of its time.
 *
 * The first line of `file` must be a comment that no other build of it has.
 */
export function loadWithKeptCode<Exports>(file: string, keptIn: string | undefined): Loaded<Exports> {
  // What we build is ASCII.
  const source = readFileSync(file, "latin1");
  const madeOf = `${source.slice(0, source.indexOf("\n"))} ${process.version} ${process.arch}\n`;
  const cachedData = keptIn === undefined ? undefined : readCode(keptIn, madeOf);
  const script = new Script(source, { filename: file, cachedData });
  const module = {} as { exports: Exports };
  (script.runInThisContext() as Factory)(module, process.getBuiltinModule);
  return {
    exports: module.exports,
    keepCode() {
      if (keptIn === undefined || (cachedData !== undefined && script.cachedDataRejected === false)) return;
      writeCode(keptIn, madeOf, script.createCachedData());
    },
  };
}

/**
 * The file says first what the code is made of, since V8 looks at no more of a source than its length. Then comes the code,
 * twice: V8 does not see when a part of it has changed, and crashes.
 */
function readCode(file: string, madeOf: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    // Somebody else's code is not run.
    if (fstatSync(descriptor).uid !== process.getuid?.()) return undefined;
    const content = readFileSync(descriptor);
    const start = madeOf.length;
    if (content.toString("latin1", 0, start) !== madeOf) return undefined;
    const middle = start + (content.length - start) / 2;
    const [code, twin] = [content.subarray(start, middle), content.subarray(middle)];
    return code.equals(twin) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Code that cannot be kept is compiled again; that is no error. */
function writeCode(file: string, madeOf: string, code: Buffer): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true, mode: 0o700 });
    const content = Buffer.concat([Buffer.from(madeOf, "latin1"), code, code]);
    writeFileSync(temporary, content, { flag: "wx", mode: 0o600, flush: true });
    renameSync(temporary, file);
  } catch {
    // As on a disk that is full or read-only.
  }
}
