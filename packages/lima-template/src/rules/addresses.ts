import type { Rule } from "./rule.ts";

/** What nearly every port forward has. */
const usual = ["0.0.0.0", "127.0.0.1"];

/** Lima takes no zone behind an IPv6 address. */
function isAddress(text: string): boolean {
  if (usual.includes(text)) return true;
  // Loaded only here: that takes longer than all the rules together.
  const { isIP } = process.getBuiltinModule("node:net");
  return isIP(text) !== 0 && !text.includes("%");
}

export const addresses: Rule = {
  code: "BAD_ADDRESS",
  severity: "error",
  *check({ dns, portForwards }) {
    for (const [index, address] of (dns ?? []).entries()) {
      if (!isAddress(address)) yield { path: ["dns", index], message: `\`${address}\` is not an IP address` };
    }
    for (const [index, rule] of (portForwards ?? []).entries()) {
      for (const key of ["guestIP", "hostIP"] as const) {
        const address = rule[key];
        if (address === undefined || address === "" || isAddress(address)) continue;
        yield { path: ["portForwards", index, key], message: `\`${address}\` is not an IP address` };
      }
    }
  },
};

export const dnsWithHostResolver: Rule = {
  code: "DNS_WITH_HOST_RESOLVER",
  severity: "error",
  *check({ dns, hostResolver }, { partial }) {
    if (partial || dns === undefined || dns.length === 0 || hostResolver?.enabled === false) return;
    yield {
      path: ["dns"],
      message: "must be empty while the host resolver is on, which it is by default",
      hint: "add `hostResolver: {enabled: false}`",
    };
  },
};
