import { readFileSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";

import { Fatal } from "../fatal.ts";
import { exists, fileOf, said, statusOf } from "../instance.ts";
import { log } from "../log.ts";
import { findings, parseTemplate } from "../template.ts";

// What `edit` of this package writes; the fake has no yq inside.
const assignment =
  /^((?:\.\["[A-Za-z0-9_]+"\])+) = \("([A-Za-z0-9+/=]*)" \| @base64d \| from_json\)(?: \| |$)/;

/** `edit NAME --set EXPRESSION`. A refused template is written to the working directory, as limactl does. */
export function edit([name = "", , expression = ""]: readonly string[]): number {
  if (!exists(name)) throw new Fatal(`instance ${said(name)} not found`);
  if (statusOf(name) === "Running") throw new Fatal("cannot edit a running instance");
  const document = parseDocument(readFileSync(fileOf(name, "lima.yaml"), "utf8"));
  for (let rest = expression; rest !== "";) {
    const [whole = "", path = "", value = ""] = assignment.exec(rest) ?? [];
    if (whole === "") throw new Fatal(`the fake knows no expression ${rest}`);
    const keys = [...path.matchAll(/"(\w+)"/g)].map((match) => match[1]!);
    document.setIn(keys, document.createNode(JSON.parse(Buffer.from(value, "base64").toString())));
    rest = rest.slice(whole.length);
  }
  const text = document.toString({ lineWidth: 0 });
  const found = findings(parseTemplate(text));
  if (found.length > 0) {
    writeFileSync("lima.REJECTED.yaml", text);
    throw new Fatal(
      `the YAML is invalid, saved the buffer as ${said("lima.REJECTED.yaml")}: ${found.join("\n")}`,
    );
  }
  writeFileSync(fileOf(name, "lima.yaml"), text);
  log("info", `Instance ${said(name)} configuration edited`);
  return 0;
}
