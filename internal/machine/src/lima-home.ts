import { join, resolve } from "node:path";

/** LIMA_HOME, as `createLima` has it, for what must not wait until that is loaded. */
export function limaHome(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { LIMA_HOME: chosen = "", HOME: home = "" } = env;
  if (chosen !== "") return resolve(chosen);
  return home === "" ? undefined : join(home, ".lima");
}
