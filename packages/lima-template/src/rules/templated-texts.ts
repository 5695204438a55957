import type { Path } from "../findings/path.ts";
import type { Side } from "../go-template/fill.ts";
import type { TemplateValue } from "../schema/template-schema.ts";

/** A text that Lima fills in with Go's text/template, and whether it knows the guest's fields or the host's. */
export interface TemplatedText {
  path: Path;
  text: string | undefined;
  fields: Side;
}

/** Every text that Lima fills in (pkg/limayaml/defaults.go), `message` aside. */
export function* templatedTexts(template: TemplateValue): Iterable<TemplatedText> {
  for (const [index, entry] of (template.provision ?? []).entries()) {
    for (const key of ["script", "content", "expression", "owner", "path"] as const) {
      yield { path: ["provision", index, key], text: entry[key], fields: "guest" };
    }
  }
  for (const [index, probe] of (template.probes ?? []).entries()) {
    yield { path: ["probes", index, "script"], text: probe.script, fields: "guest" };
  }
  for (const [index, mount] of (template.mounts ?? []).entries()) {
    yield { path: ["mounts", index, "location"], text: mount.location, fields: "host" };
    yield { path: ["mounts", index, "mountPoint"], text: mount.mountPoint, fields: "guest" };
  }
  for (const [index, rule] of (template.portForwards ?? []).entries()) {
    yield { path: ["portForwards", index, "guestSocket"], text: rule.guestSocket, fields: "guest" };
    yield { path: ["portForwards", index, "hostSocket"], text: rule.hostSocket, fields: "host" };
  }
  for (const [index, entry] of (template.copyToHost ?? []).entries()) {
    yield { path: ["copyToHost", index, "guest"], text: entry.guest, fields: "guest" };
    yield { path: ["copyToHost", index, "host"], text: entry.host, fields: "host" };
  }
  yield { path: ["user", "home"], text: template.user?.home, fields: "guest" };
}
