/** Whether Lima takes a name for an instance or a disk (pkg/identifiers). */
export function isIdentifier(name: string): boolean {
  return name.length <= 76 && /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(name);
}
