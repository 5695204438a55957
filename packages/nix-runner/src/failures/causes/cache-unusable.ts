import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

const signs = [
  /^creating directory '(\/[^']+)': /,
  /failed to stat '([^']+\/\.gitconfig)'/,
  /(?:attempt to write a readonly database|unable to open database file).*\(in '([^']+)'\)/s,
];

/** nix keeps what it has fetched and evaluated in the user's cache folder, and git reads the user's settings. */
export const cacheUnusable: FailureCause = ({ raw }, { installable, realising }) => {
  const path = signs.map((sign) => sign.exec(raw)?.[1]).find(Boolean);
  if (realising || path === undefined || path.startsWith("/nix/")) return undefined;
  return {
    code: "CACHE_UNUSABLE",
    message: `nix could not read ${installable}: ${oneLine(raw)}`,
    hint: `make ${path} yours, or set HOME or XDG_CACHE_HOME to a folder that you may write to`,
    details: { path },
  };
};
