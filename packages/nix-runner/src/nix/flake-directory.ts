/** The directory of a local flake in "git+file:///home/dev/flake?dir=x#image" or "path:/home/dev/a%20b#image". */
export function flakeDirectory(reference: string | undefined): string | undefined {
  const match = /^(?:git\+file:\/\/|path:)(\/[^?#]*)/.exec(reference ?? "");
  if (match === null) return undefined;
  try {
    return decodeURIComponent(match[1]!);
  } catch {
    return undefined;
  }
}
