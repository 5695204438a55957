let format = "text";

export function setLogFormat(wanted: string): void {
  format = wanted;
}

/** One line of limactl's log, on stderr. */
export function log(level: "info" | "warning" | "error" | "fatal", msg: string): void {
  process.stderr.write(`${logLine(level, msg, format)}\n`);
}

export function logLine(level: string, msg: string, as = "json"): string {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return as === "json"
    ? JSON.stringify({ level, msg, time })
    : `time="${time}" level=${level} msg=${JSON.stringify(msg)}`;
}
