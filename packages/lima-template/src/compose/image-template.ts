/** limactl takes such a locator for an image, not for a template, and does not look whether it is there. */
const imageName = /\.(?:img|qcow2|raw|iso|ipsw)(?:\.(?:gz|xz|bz2|zstd))?$/;

/** Words in the name of an image, by the architecture that they mean. */
const archWords: readonly (readonly [RegExp, string])[] = [
  [/\b(?:aarch64|arm64)\b/, "aarch64"],
  [/\b(?:x86_64|amd64)\b/, "x86_64"],
  [/\b(?:armv7l|armhf)\b/, "armv7l"],
  [/\b(?:ppc64le|ppc64el)\b/, "ppc64le"],
  [/\briscv64\b/, "riscv64"],
  [/\bs390x\b/, "s390x"],
];

const hostArchs: Partial<Record<string, string>> = {
  arm: "armv7l",
  arm64: "aarch64",
  ppc64: "ppc64le",
  x64: "x86_64",
};

/** The template that limactl makes of the locator of an image (pkg/limatmpl/locator.go); undefined for any other. */
export function imageTemplate(locator: string): string | undefined {
  if (!imageName.test(locator)) return undefined;
  const os = /\bFreeBSD\b/i.test(locator)
    ? "FreeBSD"
    : /\bmacOS\b|\b\.ipsw\b/i.test(locator)
      ? "Darwin"
      : "Linux";
  const arch =
    archWords.find(([words]) => words.test(locator))?.[1] ??
    (os === "Darwin" ? "aarch64" : (hostArchs[process.arch] ?? process.arch));
  return `os: ${os}\narch: ${arch}\nimages:\n  - location: ${JSON.stringify(locator)}\n    arch: ${arch}\n`;
}
