import { expect, test } from "vitest";

import { http, judgeStatusLine } from "./http.ts";
import { listeningPorts } from "./port.ts";
import { judgeUnit } from "./unit.ts";

const shown = (load: string, active: string, sub: string, job = "") =>
  `LoadState=${load}\nActiveState=${active}\nSubState=${sub}\n${job === "" ? "" : `Job=${job}\n`}`;

test.each([
  ["active", shown("loaded", "active", "running"), "ready"],
  ["active, although its file is gone", shown("not-found", "active", "running"), "ready"],
  ["starting", shown("loaded", "activating", "start", "12"), "pending"],
  ["queued", shown("loaded", "inactive", "dead", "12"), "pending"],
  ["reloading", shown("loaded", "reloading", "reload"), "pending"],
  ["failed", shown("loaded", "failed", "failed"), "failed"],
  ["not there", shown("not-found", "inactive", "dead"), "failed"],
  ["masked", shown("masked", "inactive", "dead"), "failed"],
  ["inactive with nothing queued", shown("loaded", "inactive", "dead"), "failed"],
  ["something that systemctl does not tell", "", "pending"],
])("a unit that is %s", (_, output, state) => {
  expect(judgeUnit("x.service", output).state).toBe(state);
});

test("only sockets that listen count", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   1: 0F05A8C0:0016 0205A8C0:C350 01 00000000:00000000
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000`;
  expect(listeningPorts(table)).toEqual(new Set([8080, 80]));
});

test.each([
  ["HTTP/1.1 204 No Content\r", undefined, "ready"],
  ["HTTP/1.0 302 Found", undefined, "ready"],
  ["HTTP/1.1 503 Service Unavailable", undefined, "pending"],
  ["HTTP/1.1 503 Service Unavailable", 503, "ready"],
  ["HTTP/1.1 200 OK", 204, "pending"],
  ["SSH-2.0-OpenSSH_10.0", undefined, "pending"],
  ["", undefined, "pending"],
])("an answer %j, where %s is wanted, is %s", (line, status, state) => {
  expect(judgeStatusLine(line, status).state).toBe(state);
});

test.each(["https://127.0.0.1/", "127.0.0.1:80", ""])("%j cannot be waited for", (url) => {
  expect(() => http(url)).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});
