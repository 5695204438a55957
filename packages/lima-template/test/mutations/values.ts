import fc from "fast-check";
import { typeOf, type Shape } from "../../src/shape/shape.ts";

const hex = "0a".repeat(64);

/** Texts that some rule, of Lima's or ours, looks at. */
const texts = [
  ...["", " ", "a", "a b", "a\tb", "é", "yes", "*", "default", "x".repeat(120)],
  ...["/", "/etc", "/etc/", "//etc", "/srv", "/srv/a", "/etc/profile", "srv/a", "./a", "../a"],
  ...["~", "~/a", "~root/a", "https://127.0.0.1:1/a.qcow2", "file:///a", "template:debian-12"],
  ...["{{.Home}}", "{{.Home}}/a", "{{ .User }}", "{{.Nothing}}", "{{", "{{.Param.A}}", "$PARAM_A"],
  ...["#!/bin/sh\ntrue", "echo a", "# a\n#!/bin/sh", ".a = 1"],
  ...["127.0.0.1", "0.0.0.0", "::1", "::ffff:10.0.0.1", "256.0.0.1", "01.2.3.4", "1.1", "fe80::1%eth0"],
  ...["4GiB", "4 GiB", "4  GiB", "1.5g", ".5", "5.", "-1", "0", "1e3", "4GB", "4ib", "4b", "4kb", "4 gigs"],
  ...[`sha256:${hex.slice(0, 64)}`, `sha512:${hex}`, "sha256:0a", `md5:${hex.slice(0, 32)}`, "sha256"],
  ...[`sha256:${hex.slice(0, 64).toUpperCase()}`, `:${hex.slice(0, 64)}`],
  ...["1.1.0", "v2.0.0", "2.2.0", "99.0.0", "1.0", "2.0.0-rc.1", "1.2.3+a", "01.2.3", "1.2.3.4", "new"],
  ...["root", "dev", "admin", "eth0", "lima0", "an-interface-name", "user-v2", "shared"],
  ...["52:55:55:12:34:56", "52-55-55-12-34-56", "5255.5512.3456", "52:55:55:12:34:56:78:9a", "52:55"],
  ...["644", "0644", "0o644", "+644", "6_4_4", "8", "rw", "/bin/zsh", "cmd.exe", "C:\\pwsh.exe", "zsh"],
];

const numbers = [-1, 0, 1, 2, 16, 22, 80, 1023, 65535, 65536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 1.5];

const text = fc.constantFrom(...texts);
const number = fc.constantFrom(...numbers);

/** Values of other kinds than asked for; null is none of them. */
const anyKind: fc.Arbitrary<unknown> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constantFrom<unknown>([], {}, ["a"], [1, 2], [{}], { a: "b" }, { NAME: 1 }),
);

/** Values of the kind that a shape asks for, right or wrong in what they say. */
function fitting(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map(fitting));
  if (shape.enum !== undefined) return fc.oneof(fc.constantFrom(...shape.enum), text);
  switch (typeOf(shape)) {
    case "string":
      return text;
    case "integer":
      return number;
    case "boolean":
      return fc.boolean();
    case "array":
      return Array.isArray(shape.items)
        ? fc.tuple(...shape.items.map(fitting))
        : fc.array(fitting(shape.items ?? {}), { maxLength: 3 });
    case "object":
      return mapping(shape);
    default:
      return fc.constant(null);
  }
}

function mapping(shape: Shape): fc.Arbitrary<unknown> {
  if (typeof shape.additionalProperties === "object") {
    const name = fc.constantFrom(...(shape.propertyNames?.enum ?? ["A", "NAME", "a-b", "1st", "a.b"]));
    return fc.dictionary(name, fitting(shape.additionalProperties), { maxKeys: 2 });
  }
  const keys = Object.entries(shape.properties ?? {});
  const required = (shape.required ?? []) as never[];
  return fc.record(Object.fromEntries(keys.map(([key, inner]) => [key, fitting(inner)])), {
    requiredKeys: required,
  });
}

/** What a mutation puts in the place of a value: mostly of the right kind, now and then of another, null, or nothing. */
export function valueFor(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 8, arbitrary: fitting(shape) },
    { weight: 2, arbitrary: anyKind },
    { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
  );
}
