import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

/** A flake input or a registry could not be downloaded. */
export const network: FailureCause = ({ raw }, { installable }) => {
  const download = /unable to download '([^']+)': (.*)/s.exec(raw);
  const git = /(?:Failed|failed|unable) to (?:fetch|access) (?:git repository )?'?([^'\s]+)'?/.exec(raw);
  const unresolved = /Could not resolve host(?:name)?:? ?(\S*)/.exec(raw);
  if (download === null && git === null && unresolved === null) return undefined;
  const url = download?.[1] ?? git?.[1] ?? unresolved?.[1];
  return {
    code: "NETWORK",
    message: `nix could not build ${installable}: ${oneLine(raw)}`,
    hint: hintFor(raw),
    details: { url },
  };
};

function hintFor(raw: string): string {
  if (/HTTP error (?:403|429)/.test(raw) && raw.includes("api.github.com")) {
    return "GitHub limits anonymous requests: set access-tokens = github.com=… in nix.conf, or try later";
  }
  if (/HTTP error 404/.test(raw)) return "check the reference: there is nothing at that address";
  if (/SSL|certificate/i.test(raw))
    return "check the clock; behind a proxy with its own certificate set NIX_SSL_CERT_FILE";
  return "check the network and the proxy settings; without a network, use a flake whose inputs are in the store already";
}
