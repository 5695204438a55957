import { expect, test } from "vitest";

import { readCapture } from "../../test/replay.ts";
import { parseRecord } from "./internal-json.ts";

test("a start, a result, a stop and a message", () => {
  expect(
    parseRecord(
      '@nix {"action":"start","fields":["/nix/store/x.drv","",1,1],"id":7,"level":3,"parent":2,"text":"building","type":105}',
    ),
  ).toEqual({
    action: "start",
    id: "7",
    parent: "2",
    type: 105,
    text: "building",
    fields: ["/nix/store/x.drv", "", 1, 1],
  });
  expect(parseRecord('@nix {"action":"result","fields":[1,2,0,0],"id":7,"type":105}')).toEqual({
    action: "result",
    id: "7",
    type: 105,
    fields: [1, 2, 0, 0],
  });
  expect(parseRecord('@nix {"action":"stop","id":7}')).toEqual({ action: "stop", id: "7" });
  expect(
    parseRecord(
      '@nix {"action":"msg","level":0,"msg":"\\u001b[31;1merror:\\u001b[0m no","raw_msg":"no","file":null}',
    ),
  ).toMatchObject({ action: "msg", level: 0, text: "error: no", rawText: "no", file: undefined });
});

test("ids of a process with a high number stay apart", () => {
  const ids = (lines: readonly string[]) =>
    new Set(lines.map(parseRecord).flatMap((record) => (record.action === "start" ? [record.id] : [])));
  const { stderrLines } = readCapture("2.34/96-big-pid");
  const started = stderrLines.filter((line) => line.includes('"action":"start"'));
  expect(started.length).toBeGreaterThan(5);
  expect(ids(started).size).toBe(started.length);
});

test("what looks like an id inside a text stays text", () => {
  expect(parseRecord('@nix {"action":"msg","level":3,"msg":"{\\"id\\":1,\\"parent\\":2}"}')).toMatchObject({
    text: '{"id":1,"parent":2}',
  });
});

test("no parent and parent 0 are the same", () => {
  const parentOf = (json: string) => parseRecord(`@nix ${json}`);
  expect(parentOf('{"action":"start","id":1,"level":0,"text":"","type":0}')).toMatchObject({
    parent: undefined,
  });
  expect(parentOf('{"action":"start","id":1,"level":0,"parent":0,"text":"","type":0}')).toMatchObject({
    parent: undefined,
  });
});

test("the prefix of a service manager is passed over", () => {
  expect(parseRecord('<3>@nix {"action":"stop","id":1}')).toEqual({ action: "stop", id: "1" });
});

test.each([
  "warning: Git tree is dirty",
  "@nix {half a record",
  "@nix []",
  "@nix null",
  '@nix {"action":"stop"}',
  '@nix {"action":"start","id":1}',
  '@nix {"action":"result","id":"x"}',
  '@nix {"action":"new","id":1,"type":3}',
  '@nix {"action":"msg","level":0}',
  "GC Warning: \u0000 NUL",
  "",
])("anything else is plain text: %j", (line) => {
  expect(parseRecord(line)).toEqual({ action: "plain", text: line });
});

test("numbers and payloads that nobody documents are passed on", () => {
  expect(parseRecord('@nix {"action":"result","id":1,"payload":{"id":3},"type":109}')).toMatchObject({
    action: "result",
    type: 109,
    fields: [],
  });
  expect(parseRecord('@nix {"action":"start","id":1,"level":3,"text":"","type":10113}')).toMatchObject({
    type: 10113,
  });
});

test("every line that nix has written is a record", () => {
  for (const name of ["2.8/01-success", "2.26/01-success", "2.26/90-substitute-http", "2.34/01-success"]) {
    const plain = readCapture(name)
      .stderrLines.map(parseRecord)
      .filter(({ action }) => action === "plain");
    expect(plain).toEqual([]);
  }
});
