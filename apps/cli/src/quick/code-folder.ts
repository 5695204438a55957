/**
 * Where compiled code is kept from one run to the next: `${XDG_CACHE_HOME:-~/.cache}/lima-cli/code`. Undefined without a
 * home, and where NODE_DISABLE_COMPILE_CACHE asks for none.
 */
export function codeFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE: disabled, XDG_CACHE_HOME: given = "", HOME: home = "" } = env;
  if (disabled) return undefined;
  if (given.startsWith("/")) return `${given}/lima-cli/code`;
  return home.startsWith("/") ? `${home}/.cache/lima-cli/code` : undefined;
}
