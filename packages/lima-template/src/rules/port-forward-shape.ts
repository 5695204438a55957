import { mayBeAbsolute } from "../go-template/fill.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Hit, Rule } from "./rule.ts";

type Forward = NonNullable<TemplateValue["portForwards"]>[number];

const everyPort = [1, 65535] as const;

/** A range that is written; two zeros are none. */
function writtenRange(rule: Forward, side: "guest" | "host"): readonly [number, number] | undefined {
  const range = rule[`${side}PortRange`];
  return range?.some((port) => port !== 0) === true ? range : undefined;
}

/** The ports that a rule stands for after Lima's defaults. */
function guestRange(rule: Forward): readonly [number, number] {
  return writtenRange(rule, "guest") ?? (rule.guestPort ? [rule.guestPort, rule.guestPort] : everyPort);
}

function hostRange(rule: Forward): readonly [number, number] {
  return writtenRange(rule, "host") ?? (rule.hostPort ? [rule.hostPort, rule.hostPort] : guestRange(rule));
}

/** 0.0.0.0, also in one of the many spellings of it as an IPv6 address. */
function isZero(address: string): boolean {
  if (!address.includes(":")) return address === "0.0.0.0";
  return URL.canParse(`http://[${address}]`) && new URL(`http://[${address}]`).hostname === "[::ffff:0:0]";
}

const width = ([first, last]: readonly [number, number]) => last - first;

function* checkRule(rule: Forward, index: number, template: TemplateValue): Iterable<Hit> {
  const at = (key: keyof Forward) => ["portForwards", index, key];
  const [guest, host] = [guestRange(rule), hostRange(rule)];
  for (const side of ["guest", "host"] as const) {
    const port = rule[`${side}Port`];
    const socket = rule[`${side}Socket`];
    const range = writtenRange(rule, side);
    if (port && socket) yield { path: at(`${side}Port`), message: `cannot stand beside \`${side}Socket\`` };
    if (port && range !== undefined && range[0] !== port) {
      yield { path: at(`${side}Port`), message: `does not match \`${side}PortRange\`` };
    }
  }
  if (rule.guestIPMustBeZero === true && rule.guestIP && !isZero(rule.guestIP)) {
    yield { path: at("guestIPMustBeZero"), message: "can only be true when `guestIP` is 0.0.0.0" };
  }
  if (rule.guestSocket) {
    if (!mayBeAbsolute(rule.guestSocket, template, "guest"))
      yield { path: at("guestSocket"), message: "must be an absolute path" };
    if (!rule.hostSocket && width(host) > 0) {
      yield { path: at("guestSocket"), message: "needs a single `hostPort` or a `hostSocket`" };
    }
  }
  if (rule.hostSocket) {
    if (!rule.guestSocket && width(guest) > 0) {
      yield { path: at("hostSocket"), message: "needs a single `guestPort` or a `guestSocket`" };
    }
  } else if (width(guest) !== width(host)) {
    yield { path: at("hostPortRange"), message: "must have as many ports as `guestPortRange`" };
  }
  if (rule.reverse === true && (!rule.guestSocket || !rule.hostSocket)) {
    yield { path: at("reverse"), message: "is only for rules with `guestSocket` and `hostSocket`" };
  }
}

/** Which keys of a rule go together (pkg/limayaml/validate.go). */
export const portForwardShape: Rule = {
  code: "PORT_FORWARD_SHAPE",
  severity: "error",
  *check(template) {
    for (const [index, rule] of (template.portForwards ?? []).entries())
      yield* checkRule(rule, index, template);
  },
};
