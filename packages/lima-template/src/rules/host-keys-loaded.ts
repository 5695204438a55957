import type { Rule } from "./rule.ts";

export const hostKeysLoaded: Rule = {
  code: "HOST_KEYS_LOADED",
  severity: "warning",
  *check({ ssh }) {
    if (ssh?.loadDotSSHPubKeys !== true) return;
    yield {
      path: ["ssh", "loadDotSSHPubKeys"],
      message:
        "lets every key in ~/.ssh/*.pub log in, and makes limactl offer them; those with a passphrase fail",
      hint: "leave it out: Lima has a key of its own",
    };
  },
};
