import type { Rule } from "./rule.ts";

export const imagePartArch: Rule = {
  code: "IMAGE_PART_ARCH",
  severity: "error",
  *check({ arch, images }) {
    for (const [index, image] of (images ?? []).entries()) {
      const wanted = image.arch || arch;
      for (const part of ["kernel", "initrd"] as const) {
        const found = image[part]?.arch;
        if (!found || !wanted || wanted === "default" || found === wanted) continue;
        yield { path: ["images", index, part, "arch"], message: `is ${found}, but the image is ${wanted}` };
      }
    }
  },
};
