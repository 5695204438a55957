import type { Rule } from "./rule.ts";

/** Lima takes only images of the instance's architecture; an image without `arch` has it by default. */
export const imageArchMissing: Rule = {
  code: "IMAGE_ARCH_MISSING",
  severity: "error",
  *check({ arch, images }, { partial }) {
    if (partial || arch === undefined || arch === "default" || arch === "") return;
    if (images === undefined || images.length === 0) return;
    if (images.some((image) => !image.arch || image.arch === arch)) return;
    yield { path: ["arch"], message: `no image for ${arch}`, hint: `add an image with \`arch: ${arch}\`` };
  },
};
