import { parseDocument, type Node } from "yaml";
import { expect, test } from "vitest";
import { locate, nodeAt } from "./locate.ts";
import type { Path } from "../findings/path.ts";

const text = `images:
  - location: /a
    arch: x86_64
ssh:
  localPort: 22
user: {name: dev}
probes:
`;
const root = parseDocument(text).contents as Node;
const at = (path: Path, what?: "key" | "value") => {
  const start = locate(root, path, what)?.range?.[0] ?? -1;
  return text.slice(start, text.indexOf("\n", start));
};

test("a value is pointed at by itself, or by its key", () => {
  expect(at(["ssh", "localPort"])).toBe("22");
  expect(at(["ssh", "localPort"], "key")).toBe("localPort: 22");
});

test("what is missing is pointed at by what is around it", () => {
  expect(at(["ssh", "forwardAgent"])).toBe("ssh:");
  expect(at(["user", "home"])).toBe("{name: dev}");
  expect(at(["images", 0, "digest"])).toBe("location: /a");
  expect(at(["images", 7])).toBe("images:");
  expect(at(["cpus"])).toBe("images:");
});

test("an empty value is pointed at by its key", () => {
  expect(at(["probes"])).toBe("probes:");
});

test("nodes by path", () => {
  expect(nodeAt(root, ["images", 0, "arch"])?.toJSON()).toBe("x86_64");
  expect(nodeAt(root, ["images", "arch"])).toBeUndefined();
});
