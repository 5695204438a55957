/**
 * How long a server asks to wait: a number of seconds or a date (RFC 9110, 10.2.3). Undefined when it says nothing that
 * can be read.
 */
export function readRetryAfterMs(value: string | undefined, now: Date = new Date()): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
