import { expect, test } from "vitest";

import { MarkerFilter } from "./marker-filter.ts";

const marker = "\u001eID";

function filtered(...chunks: readonly string[]) {
  const filter = new MarkerFilter(marker);
  const own = chunks.map((chunk) => filter.push(Buffer.from(chunk)));
  own.push(filter.rest());
  return { own: Buffer.concat(own).toString(), before: filter.before, end: filter.end };
}

const whole = `Warning: added key\n${marker} begin\nown\u001e\n${marker} 3\nlate\n`;

test("what ssh and login scripts wrote before the command is not the command's", () => {
  expect(filtered(whole)).toEqual({
    before: "Warning: added key\n",
    own: "own\u001e\nlate\n",
    end: { exitCode: 3 },
  });
});

test("it is the same however it is cut into chunks", () => {
  for (let size = 1; size < whole.length; size += 1) {
    const chunks = whole.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    expect(filtered(...chunks)).toEqual(filtered(whole));
  }
});

test("output without a newline at its end is told apart from the status", () => {
  expect(filtered(`${marker} begin\nown${marker} 255\n`)).toMatchObject({
    own: "own",
    end: { exitCode: 255 },
  });
});

test("what the command writes is passed on at once, unless it may be the beginning of a marker", () => {
  const filter = new MarkerFilter(marker);
  filter.push(Buffer.from(`${marker} begin\n`));
  expect(filter.push(Buffer.from("password: ")).toString()).toBe("password: ");
  expect(filter.push(Buffer.from("a\u001e")).toString()).toBe("a");
  expect(filter.push(Buffer.from("b")).toString()).toBe("\u001eb");
});

test("a call that never began, and one that was cut off, even within the status", () => {
  expect(filtered("ssh: connect to host: refused\n")).toEqual({
    before: "ssh: connect to host: refused\n",
    own: "",
    end: "not-reached",
  });
  expect(filtered(`${marker} begin\nown\n`)).toMatchObject({ own: "own\n", end: "cut-off" });
  expect(filtered(`${marker} begin\nown\n${marker} 25`)).toMatchObject({ own: "own\n", end: "cut-off" });
});
