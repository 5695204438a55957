import { fill, mayBeAbsolute } from "../go-template/fill.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Hit, Rule } from "./rule.ts";

type Entry = NonNullable<TemplateValue["provision"]>[number];

/** Keys that only make sense in some modes. */
const onlyIn: Partial<Record<keyof Entry, readonly string[]>> = {
  content: ["data"],
  overwrite: ["data"],
  owner: ["data", "yq"],
  path: ["data", "yq"],
  permissions: ["data", "yq"],
  format: ["yq"],
  playbook: ["ansible"],
  skipDefaultDependencyResolution: ["dependency"],
};

function* checkEntry(entry: Entry, index: number, template: TemplateValue): Iterable<Hit> {
  const mode = entry.mode || "system";
  const body = mode === "data" ? "content" : mode === "yq" ? "expression" : "script";
  const at = (key: keyof Entry) => ["provision", index, key];
  for (const [key, modes] of Object.entries(onlyIn) as [keyof Entry, readonly string[]][]) {
    if (entry[key] === undefined || modes.includes(mode)) continue;
    if (key === "playbook" && entry[key] === "") continue;
    yield {
      path: at(key),
      at: "key",
      message: `\`${key}\` is only for mode ${modes.join(" or ")}, here it is ${mode}`,
    };
  }
  if (mode === "data" || mode === "yq") {
    if (entry.path === undefined) yield { path: at("path"), message: `mode ${mode} needs a \`path\`` };
    else if (!mayBeAbsolute(entry.path, template, "guest"))
      yield { path: at("path"), message: "must be an absolute path in the guest" };
    if (mode === "yq" && entry[body] === undefined && entry.file === undefined) {
      yield { path: at(body), message: `mode ${mode} needs \`${body}\`` };
    }
    if (entry.permissions !== undefined && !/^(?=.)0*[0-7]{0,21}$/.test(entry.permissions)) {
      yield {
        path: at("permissions"),
        message: `\`${entry.permissions}\` is not an octal number`,
        hint: 'write "644"',
      };
    }
  } else if (mode !== "ansible" && !entry.script && entry.file === undefined) {
    yield { path: at("script"), message: `mode ${mode} needs a \`script\`` };
  } else if (mode !== "ansible" && entry.script && fill(entry.script, template, "guest") === "") {
    yield { path: at("script"), message: "is empty once Lima has filled it in" };
  }
  if (entry.file !== undefined && entry[body] !== undefined) {
    yield { path: at("file"), at: "key", message: `cannot stand beside \`${body}\`` };
  }
  if (entry.playbook && entry.script) {
    yield { path: at("script"), message: "must be empty beside `playbook`" };
  }
}

/** Which keys each mode of a provision entry needs and allows (pkg/limayaml/validate.go). */
export const provisionShape: Rule = {
  code: "PROVISION_SHAPE",
  severity: "error",
  *check(template) {
    for (const [index, entry] of (template.provision ?? []).entries())
      yield* checkEntry(entry, index, template);
  },
};
