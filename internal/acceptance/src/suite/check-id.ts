import type { SuiteCheck } from "./suite-schema.ts";

/** What a check of a suite is called: its own id, or one made of what it looks at. */
export function checkIdOf(check: SuiteCheck): string {
  if ("builtin" in check) return check.builtin;
  if (check.id !== undefined) return check.id;
  if ("unit" in check) return `unit:${check.unit}`;
  if ("port" in check) return `port:${check.port}`;
  return `file:${"file" in check ? check.file : ""}`;
}
