import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";

import { NixRunnerError } from "../errors.ts";

/** The real path of a file of the output. An output is written by code that we do not know: nothing outside of it is taken for a part. */
export async function insideOutput(outPath: string, file: string): Promise<string> {
  const named = resolve(outPath, file);
  const outside = (where: string) =>
    new NixRunnerError({
      code: "IMAGE_OUTSIDE_OUTPUT",
      message: `${named} is not a file of ${outPath}${where}`,
      hint: "let the derivation copy its image into its output",
      details: { outPath, file: named },
    });
  if (!isWithin(outPath, named)) throw outside("");
  let real: string;
  try {
    real = await realpath(named);
  } catch (cause) {
    throw new NixRunnerError({
      code: "IMAGE_NOT_FOUND",
      message: `there is no file ${named}`,
      details: { outPath, file: named },
      cause,
    });
  }
  if (!isWithin(await realpath(outPath), real)) throw outside(`: it is a link to ${real}`);
  return real;
}

function isWithin(directory: string, path: string): boolean {
  const between = relative(directory, path);
  return between !== ".." && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}
