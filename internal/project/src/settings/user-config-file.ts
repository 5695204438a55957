import { isAbsolute, join } from "node:path";

/**
 * The user's own configuration file, by the XDG Base Directory Specification: a relative XDG_CONFIG_HOME is to be ignored.
 * Undefined without a home.
 */
export function userConfigFile(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_CONFIG_HOME: given = "", HOME: home = "" } = env;
  if (isAbsolute(given)) return join(given, "lima-cli/config.yaml");
  return home === "" ? undefined : join(home, ".config/lima-cli/config.yaml");
}
