/** Where in a template a value sits: keys of mappings and indexes of lists, from the root. */
export type Path = readonly (string | number)[];

/** The way people write a path: `images[0].digest`, `mounts[1]["9p"]` as `mounts[1].9p`. The root is `(template)`. */
export function formatPath(path: Path): string {
  if (path.length === 0) return "(template)";
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Whether `path` is `ancestor` or lies below it. */
export function isAtOrBelow(path: Path, ancestor: Path): boolean {
  return ancestor.length <= path.length && ancestor.every((step, index) => step === path[index]);
}
