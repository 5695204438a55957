import { z } from "zod";

/** What `nix build --json` says of the one thing that was asked for. */
export interface BuildOutput {
  drvPath: string;
  /** Store path by output name. */
  outputs: Record<string, string>;
}

const schema = z
  .array(
    z.looseObject({
      drvPath: z.string().startsWith("/"),
      outputs: z.record(z.string(), z.string().startsWith("/")),
    }),
  )
  .length(1);

/** Reads the stdout of `nix build --json`; undefined when it is something else. */
export function parseBuildOutput(stdout: string): BuildOutput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { drvPath, outputs } = parsed.data[0]!;
  return Object.keys(outputs).length === 0 ? undefined : { drvPath, outputs };
}
