import type { Path } from "../findings/path.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";

function* locations(template: TemplateValue): Iterable<{ path: Path; location: string | undefined }> {
  for (const [index, image] of (template.images ?? []).entries()) {
    yield { path: ["images", index, "location"], location: image.location };
    yield { path: ["images", index, "kernel", "location"], location: image.kernel?.location };
    yield { path: ["images", index, "initrd", "location"], location: image.initrd?.location };
  }
  for (const [index, archive] of (template.containerd?.archives ?? []).entries()) {
    yield { path: ["containerd", "archives", index, "location"], location: archive.location };
  }
}

export const fileLocation: Rule = {
  code: "BAD_LOCATION",
  severity: "error",
  *check(template) {
    for (const { path, location } of locations(template)) {
      if (location === undefined || location.includes("://")) continue;
      if (location === "") yield { path, message: "must not be empty" };
      else if (/^~[^/]/.test(location)) {
        yield { path, message: `\`${location}\`: homes of other users are not expanded` };
      } else if (!/^[/~]/.test(location)) {
        yield {
          path,
          severity: "warning",
          message: `\`${location}\` is relative to wherever limactl is started`,
          hint: "write an absolute path, or one that begins with ~/",
        };
      }
    }
  },
};
