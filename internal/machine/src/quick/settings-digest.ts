import { createHash } from "node:crypto";

/** A digest of what the command line and the environment say, so that the same said again is known to be the same. */
export function settingsDigest(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const variables = Object.entries(env).filter(([name]) =>
    /^(?:LIMA_CLI_|XDG_CONFIG_HOME$|HOME$)/.test(name),
  );
  const said = [Object.entries(flags).filter(([, value]) => value !== undefined), variables];
  return createHash("sha256")
    .update(JSON.stringify(said.map((pairs) => pairs.toSorted())))
    .digest("hex");
}
