import { isAbsolute, relative, resolve, sep } from "node:path";

import { NixRunnerError } from "../errors.ts";
import type { OutputFiles } from "./output-files.ts";

/** The real path of a file of the output. An output is written by code that we do not know: nothing outside of it is taken for a part. */
export async function insideOutput(outPath: string, file: string, files: OutputFiles): Promise<string> {
  const named = resolve(outPath, file);
  const outside = (where: string) =>
    new NixRunnerError({
      code: "IMAGE_OUTSIDE_OUTPUT",
      message: `${named} is not a file of ${outPath}${where}`,
      hint: "let the derivation copy its image into its output",
      details: { outPath, file: named },
    });
  if (!isWithin(outPath, named)) throw outside("");
  const real = await files.realPath(named);
  if (real === undefined) {
    throw new NixRunnerError({
      code: "IMAGE_NOT_FOUND",
      message: `there is no file ${named}`,
      details: { outPath, file: named },
    });
  }
  if (!isWithin((await files.realPath(outPath)) ?? outPath, real)) throw outside(`: it is a link to ${real}`);
  return real;
}

function isWithin(directory: string, path: string): boolean {
  const between = relative(directory, path);
  return between !== ".." && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}
