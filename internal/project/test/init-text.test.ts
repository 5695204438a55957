import { expect, it } from "vitest";

import { configSchema, initText, parseConfig } from "../src/index.ts";

it("what init writes is valid, and says nothing but the image", () => {
  expect(parseConfig(initText(undefined), "lima-cli.yaml").config).toEqual({});
  expect(parseConfig(initText(".#image"), "lima-cli.yaml").config).toEqual({ image: ".#image" });
});

it("with its comment signs taken away it is valid as well, and has every key that there is", () => {
  const text = initText(undefined);
  // The image has three forms; the first will do.
  const bare = text.replace(/^#image: (?!\.#).*\n/gm, "").replace(/^#(?=[a-zA-Z]+:|  )(?! {3}\S)/gm, "");
  const { config } = parseConfig(bare, "lima-cli.yaml");
  expect(Object.keys(config).sort()).toEqual(Object.keys(configSchema.shape).sort());
});
