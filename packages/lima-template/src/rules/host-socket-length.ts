import { filled } from "../go-template/fill.ts";
import type { Rule } from "./rule.ts";

/** Bytes of a Unix socket's path with the zero at its end: macOS, and Linux. */
const limits = { macOS: 104, Linux: 108 };

export const hostSocketLength: Rule = {
  code: "HOST_SOCKET_LENGTH",
  severity: "error",
  *check(template) {
    for (const [index, { hostSocket = "" }] of (template.portForwards ?? []).entries()) {
      const pieces = filled(hostSocket, template, "host");
      // Of a field that only the host knows nothing is counted; whether there is an `if` decides what else is.
      if (pieces.some(({ kind, text }) => kind === "action" && !/^(\.\w+)+$/.test(text))) continue;
      const bytes = pieces.reduce(
        (sum, { kind, text }) => (kind === "text" ? sum + Buffer.byteLength(text) : sum),
        0,
      );
      if (bytes < limits.macOS) continue;
      const path = ["portForwards", index, "hostSocket"];
      const hint = "a relative path is in the instance's folder and gets longer still";
      if (bytes >= limits.Linux) {
        yield {
          path,
          message: `has ${bytes} bytes; a socket's path must have less than ${limits.Linux}`,
          hint,
        };
      } else {
        const message = `has ${bytes} bytes; on macOS a socket's path must have less than ${limits.macOS}`;
        yield { path, severity: "warning", message, hint };
      }
    }
  },
};
