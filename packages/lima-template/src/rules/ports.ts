import type { Path } from "../findings/path.ts";
import type { Hit, Rule } from "./rule.ts";

function* portHit(path: Path, port: number | undefined): Iterable<Hit> {
  if (port === undefined || port === 0) return;
  if (port === 22)
    yield {
      path,
      message: "22 is Lima's own ssh port",
      hint: "use another port; 0 or nothing lets Lima choose",
    };
  else if (port < 1 || port > 65535) yield { path, message: `${port} is not a port; ports are 1 to 65535` };
}

export const ports: Rule = {
  code: "BAD_PORT",
  severity: "error",
  *check({ ssh, portForwards }) {
    yield* portHit(["ssh", "localPort"], ssh?.localPort);
    for (const [index, rule] of (portForwards ?? []).entries()) {
      for (const key of ["guestPort", "hostPort"] as const)
        yield* portHit(["portForwards", index, key], rule[key]);
      for (const key of ["guestPortRange", "hostPortRange"] as const) {
        const range = rule[key];
        if (range === undefined || (range[0] === 0 && range[1] === 0)) continue;
        // Beside a socket the host's ports are not used, and Lima does not look at them.
        const ends = key === "hostPortRange" && rule.hostSocket ? [] : ([0, 1] as const);
        for (const end of ends) {
          const path = ["portForwards", index, key, end];
          if (range[end] === 0) yield { path, message: "0 is not a port; ports are 1 to 65535" };
          else yield* portHit(path, range[end]);
        }
        if (range[0] > range[1]) {
          yield {
            path: ["portForwards", index, key],
            message: `the range ends (${range[1]}) before it begins (${range[0]})`,
          };
        }
      }
    }
  },
};
