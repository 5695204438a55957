import type { Rule } from "./rule.ts";

const archive = /\.(tar|tgz|txz|tbz2|tzst|tar\.(gz|xz|bz2|zstd|zst))$/;

export const wsl2Image: Rule = {
  code: "WSL2_IMAGE",
  severity: "error",
  *check({ vmType, arch, images }) {
    if (vmType !== "wsl2") return;
    for (const [index, image] of (images ?? []).entries()) {
      if (image.arch && arch && arch !== "default" && image.arch !== arch) continue;
      if (archive.test(image.location)) continue;
      yield {
        path: ["images", index, "location"],
        message: "WSL2 takes only a tar archive of a root file system",
      };
    }
  },
};
