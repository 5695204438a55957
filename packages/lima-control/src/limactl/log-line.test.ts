import { expect, test } from "vitest";

import { failureText, oneLine, parseLogLine } from "./log-line.ts";

test("a line of limactl is read with its level", () => {
  expect(
    parseLogLine('{"level":"warning","msg":"No instance found.","time":"2026-11-25T03:41:34Z"}'),
  ).toEqual({
    level: "warning",
    text: "No instance found.",
    fromHostAgent: false,
  });
});

test("a line that limactl passes on from its host agent is known as such", () => {
  const line = '{"level":"info","msg":"[hostagent] Waiting for the essential requirement 1 of 3: `ssh`"}';
  expect(parseLogLine(line)).toEqual({
    level: "info",
    text: "Waiting for the essential requirement 1 of 3: `ssh`",
    fromHostAgent: true,
  });
});

test("what a line says of its error belongs to it", () => {
  expect(parseLogLine('{"error":"refused","level":"error","msg":"no socket"}').text).toBe(
    "no socket: refused",
  );
});

test.each(["Downloading the image", "{not json", '{"a":1}', "null", "", "{}"])(
  "%j is taken as it is",
  (line) => {
    expect(parseLogLine(line)).toEqual({ level: "info", text: line, fromHostAgent: false });
  },
);

test("the reason of a failure is the fatal line, else the last error, else the last line", () => {
  const error = '{"level":"error","msg":"an error"}';
  const fatal = '{"level":"fatal","msg":"field `images` must be set\\nfield `cpus` must be positive"}';
  expect(failureText(`${error}\n${fatal}\nraw\n`)).toBe(
    "field `images` must be set; field `cpus` must be positive",
  );
  expect(failureText(`${error}\nraw\n`)).toBe("an error");
  expect(failureText("limactl: must not run as the root user\n")).toBe(
    "limactl: must not run as the root user",
  );
  expect(failureText("")).toBe("it wrote no reason");
});

test("of a crash it is what happened, not where", () => {
  const crash = `{"level":"error","msg":"before"}
panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]

goroutine 1 [running]:
main.main()
\tgithub.com/lima-vm/lima/v2@v2.2.0/cmd/limactl/main.go:51 +0xca
`;
  expect(failureText(crash)).toBe("panic: runtime error: invalid memory address or nil pointer dereference");
});

test("a long text is cut to one line of bounded length", () => {
  expect(oneLine(`${"x".repeat(500)}\ny`)).toHaveLength(400);
});
