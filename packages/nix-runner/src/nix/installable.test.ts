import { expect, test } from "vitest";

import { parseInstallable, whyNotInstallable } from "./installable.ts";

test.each([
  ".",
  ".#image",
  "/home/me/my flake#image",
  "path:./a b#image",
  'github:o/r/main?dir=x#packages.x86_64-linux."a b"^out,doc',
  "/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-image.drv",
  ".#$(id);`id`",
])("%j can be built", (text) => {
  expect(whyNotInstallable(text)).toBeUndefined();
});

test.each([
  ["", "empty"],
  ["  ", "empty"],
  ["--option", "dash"],
  ["-x#image", "dash"],
  [".#a\nb", "control character"],
  [".#a\u0000", "control character"],
  [".#a\u2028", "control character"],
  [" .#a", "space"],
  ["/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-image", "built already"],
])("%j cannot", (text, why) => {
  expect(whyNotInstallable(text)?.why).toContain(why);
});

test("the output is asked for by name, unless the caller names outputs", () => {
  expect(parseInstallable(".#image").argument).toBe(".#image^out");
  expect(parseInstallable(".#image^doc").argument).toBe(".#image^doc");
  expect(parseInstallable(".#image^*").argument).toBe(".#image^*");
  expect(parseInstallable(".").argument).toBe(".^out");
});

test("it is taken apart into the flake and the attribute", () => {
  expect(parseInstallable("github:o/r#image^out")).toMatchObject({
    flakeReference: "github:o/r",
    attribute: "image",
  });
  expect(parseInstallable("#image")).toMatchObject({ flakeReference: ".", attribute: "image" });
  expect(parseInstallable(".#")).toMatchObject({ flakeReference: ".", attribute: undefined });
  expect(parseInstallable(".")).toMatchObject({ flakeReference: ".", attribute: undefined });
});

test("a derivation in the store is of no flake", () => {
  const drvPath = "/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-image.drv";
  expect(parseInstallable(drvPath)).toEqual({
    argument: `${drvPath}^out`,
    flakeReference: undefined,
    attribute: undefined,
  });
});

test("a space is written as a URL wants it, and left as it is in a path", () => {
  expect(parseInstallable("path:/a b#image").argument).toBe("path:/a%20b#image^out");
  expect(parseInstallable("/a b#image").argument).toBe("/a b#image^out");
});
