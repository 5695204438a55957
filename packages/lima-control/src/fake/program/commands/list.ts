import { Fatal } from "../fatal.ts";
import { allNames, exists, recordOf } from "../instance.ts";
import { log } from "../log.ts";

/** `list --json`, `list --format '{{json .}}'` and `list -q`, of those that are named or of all. */
export function list(args: readonly string[]): number {
  const rest = [...args];
  let namesOnly = false;
  const asked: string[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "-q") namesOnly = true;
    else if (word === "--format" || word === "-f") {
      const format = rest.shift();
      if (format !== "json" && format !== "{{json .}}") throw new Fatal(`the fake knows no format ${format}`);
    } else if (!word.startsWith("-")) asked.push(word);
  }
  const known = allNames();
  const missing = asked.filter((name) => !known.includes(name));
  const names = asked.length === 0 ? known : asked.filter((name) => known.includes(name));
  if (known.length === 0 && asked.length === 0) log("warning", "No instance found.");
  for (const name of names) {
    if (!exists(name) && asked.length > 0) log("warning", `instance ${name} has errors`);
    console.log(namesOnly ? name : JSON.stringify(recordOf(name)));
  }
  for (const name of missing) log("warning", `No instance matching ${name} found.`);
  if (missing.length > 0) throw new Fatal("unmatched instances");
  return 0;
}
