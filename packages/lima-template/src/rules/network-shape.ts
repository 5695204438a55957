import type { Rule } from "./rule.ts";

/** Lima's name of the interface that is always there. */
const reserved = "eth0";

export const networkShape: Rule = {
  code: "NETWORK_SHAPE",
  severity: "error",
  *check({ networks }) {
    const named = new Map<string, number>();
    const taken = new Map<string, number>();
    for (const [index, network] of (networks ?? []).entries()) {
      const at = (key: string) => ["networks", index, key];
      const written = network.interface ?? "";
      if (written === "*") continue;
      const twin = written === "" ? undefined : named.get(written);
      if (twin !== undefined) {
        const message = `is already the interface of networks[${twin}]; Lima makes one network of the two`;
        yield { path: at("interface"), severity: "warning", message };
        continue;
      }
      named.set(written, index);
      const name = written || `lima${taken.size}`;
      const kinds = [
        network.lima ? "lima" : undefined,
        network.socket ? "socket" : undefined,
        network.vzNAT === true ? "vzNAT" : undefined,
      ].filter((kind) => kind !== undefined);
      if (kinds.length === 0)
        yield { path: ["networks", index], message: "needs `lima`, `socket` or `vzNAT: true`" };
      if (kinds.length > 1)
        yield { path: ["networks", index], message: `${kinds.join(" and ")} exclude each other` };
      if (
        network.macAddress &&
        !/^[0-9a-f]{2}([:-])([0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(network.macAddress)
      ) {
        yield {
          path: at("macAddress"),
          message: "must be six pairs of hex digits",
          hint: "such as 52:55:55:12:34:56",
        };
      }
      if (Buffer.byteLength(name) >= 16)
        yield { path: at("interface"), message: "must be shorter than 16 bytes" };
      if (/[ \t\n/]/.test(name)) yield { path: at("interface"), message: "must not have blanks or slashes" };
      if (name === reserved) yield { path: at("interface"), message: `${reserved} is Lima's own` };
      const earlier = taken.get(name);
      if (earlier !== undefined) {
        const message = `\`${name}\` is already the interface of networks[${earlier}]`;
        yield {
          path: at("interface"),
          message,
          hint: "Lima calls those without a name lima0, lima1, …, by their place",
        };
      }
      taken.set(name, index);
    }
  },
};
