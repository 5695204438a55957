import type { FailureCause } from "../failure.ts";

/** Nothing is left to build with, because what the cache offers was not trusted. */
export const unsignedSubstitute: FailureCause = ({ raw }, { installable, talk }) => {
  if (!/Unable to start any build|local builds are disabled/.test(raw)) return undefined;
  const ignored = talk
    .map((text) => /ignoring substitute for '([^']+)' from '([^']+)', as it's not signed/.exec(text))
    .filter((match) => match !== null);
  if (ignored.length === 0) return undefined;
  const [, path, cache] = ignored[0]!;
  return {
    code: "SUBSTITUTE",
    message: `nix could not get ${installable}: ${cache} offers ${path}, but it is not signed by a trusted key`,
    hint: "add the key of the cache to trusted-public-keys in nix.conf",
    details: { cache, paths: ignored.map((match) => match[1]) },
  };
};
