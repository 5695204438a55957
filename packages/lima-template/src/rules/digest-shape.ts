import type { Path } from "../findings/path.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";

/** Hex digits per algorithm that Lima's digest library knows. */
const lengths: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };

function fault(digest: string): string | undefined {
  const [, algorithm, hex] = /^([^:]*):(.*)$/.exec(digest) ?? [];
  if (algorithm === undefined || hex === undefined) return "must be written `sha256:…`";
  const length = lengths[algorithm];
  if (length === undefined) return `\`${algorithm}\` is not an algorithm that Lima knows`;
  if (hex.length !== length) return `${algorithm} has ${length} hex digits, here are ${hex.length}`;
  if (!/^[0-9a-f]+$/.test(hex)) return "must be lower-case hex digits";
  return undefined;
}

function* digests(template: TemplateValue): Iterable<{ path: Path; digest: string | undefined }> {
  for (const [index, image] of (template.images ?? []).entries()) {
    yield { path: ["images", index, "digest"], digest: image.digest };
    yield { path: ["images", index, "kernel", "digest"], digest: image.kernel?.digest };
    yield { path: ["images", index, "initrd", "digest"], digest: image.initrd?.digest };
  }
  for (const [index, file] of (template.firmware?.images ?? []).entries()) {
    yield { path: ["firmware", "images", index, "digest"], digest: file.digest };
  }
  for (const [index, file] of (template.containerd?.archives ?? []).entries()) {
    yield { path: ["containerd", "archives", index, "digest"], digest: file.digest };
  }
}

export const digestShape: Rule = {
  code: "BAD_DIGEST",
  severity: "error",
  *check(template) {
    for (const { path, digest } of digests(template)) {
      if (digest === undefined || digest === "") continue;
      const message = fault(digest);
      if (message !== undefined) yield { path, message, hint: "`sha256sum FILE` prints it" };
    }
  },
};
