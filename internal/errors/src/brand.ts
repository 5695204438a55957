/**
 * Errors are recognised by brand, not by `instanceof`: two copies of a package in one dependency tree have
 * two classes, but share one registered symbol.
 */
export function brandOf(packageName: string): symbol {
  return Symbol.for(`${packageName}/error`);
}

/** Whether a value carries the brand. */
export function hasBrand(value: unknown, brand: symbol): boolean {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}
