import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";
import { templatedTexts, type TemplatedText } from "./templated-texts.ts";

/** Texts that may refer to parameters; `message`, `env` and `user` do not count for Lima. */
function* texts(template: TemplateValue): Iterable<Omit<TemplatedText, "fields">> {
  for (const text of templatedTexts(template)) if (text.path[0] !== "user") yield text;
  for (const [index, entry] of (template.provision ?? []).entries()) {
    yield { path: ["provision", index, "permissions"], text: entry.permissions };
  }
}

/** Go's notion: of the blanks only the plain one and the tab. */
const hasUnprintable = (value: string) =>
  !/^[\t\x20-\x7e]*$/.test(value) && /[^\p{L}\p{M}\p{N}\p{P}\p{S}\t ]/u.test(value);

/** Read by Lima itself and therefore always in use. */
const internal = ["internal_netplanOptional"];

export const paramName: Rule = {
  code: "PARAM_NAME",
  severity: "error",
  *check({ param }) {
    for (const [name, value] of Object.entries(param ?? {})) {
      if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(name)) {
        yield {
          path: ["param", name],
          at: "key",
          message: `\`${name}\` must be a letter followed by letters, digits or underscores`,
        };
      }
      if (hasUnprintable(value)) {
        yield { path: ["param", name], message: "the value has a character that cannot be printed" };
      }
    }
  },
};

export const paramUnused: Rule = {
  code: "PARAM_UNUSED",
  severity: "error",
  *check(template, { partial }) {
    // A script may still come from a file or a base; a playbook, which may use one as well, is on the host.
    if (partial || template.provision?.some(({ playbook }) => playbook) === true) return;
    const everything = [...texts(template)].flatMap(({ text }) => (text === undefined ? [] : [text]));
    for (const name of Object.keys(template.param ?? {})) {
      if (!/^\w+$/.test(name) || internal.includes(name)) continue;
      const use = new RegExp(`\\{\\{[^}]*\\.Param\\.${name}[^}]*\\}\\}|\\bPARAM_${name}\\b`);
      if (everything.some((text) => use.test(text))) continue;
      yield {
        path: ["param", name],
        at: "key",
        message: `nothing refers to \`${name}\``,
        hint: `use {{.Param.${name}}} or $PARAM_${name} in a script, probe, mount or socket, or remove it`,
      };
    }
  },
};

/** Keys whose value must be an absolute path, which `<no value>` is not. */
const pathKeys: (string | number)[] = ["location", "mountPoint", "guestSocket", "guest", "host", "path"];

export const paramUndefined: Rule = {
  code: "PARAM_UNDEFINED",
  severity: "warning",
  *check(template, { partial }) {
    if (partial) return;
    const known = new Set(Object.keys(template.param ?? {}));
    for (const { path, text } of texts(template)) {
      for (const name of new Set(
        [...(text ?? "").matchAll(/\{\{[^}]*\.Param\.(\w+)/g)].map((match) => match[1]),
      )) {
        if (name === undefined || known.has(name)) continue;
        const begins = new RegExp(`^\\{\\{(-\\s)?\\s*\\.Param\\.${name}\\b[^}]*\\}\\}`).test(text ?? "");
        const isPath = begins && pathKeys.includes(path.at(-1) ?? "");
        yield {
          path,
          severity: isPath ? "error" : "warning",
          message: `parameter \`${name}\` is not defined and becomes \`<no value>\``,
          hint: `add it to \`param:\``,
        };
      }
    }
  },
};
