import { expect, test } from "vitest";
import { coerce } from "./coerce.ts";

test("numbers and flags are text where text is asked for, as in limactl", () => {
  expect(coerce(4, "string", "4")).toEqual({ value: "4" });
  expect(coerce(true, "string", "true")).toEqual({ value: "true" });
});

test("what reads differently than it is written is a surprise", () => {
  expect(coerce(644, "string", "0644")).toMatchObject({
    value: "420",
    surprise: { hint: 'write "0644" if that is meant' },
  });
  expect(coerce(1, "string", "1.0")).toMatchObject({
    value: "1",
    surprise: { message: '`1.0` is read as "1"' },
  });
});

test("no digit of a long number is lost", () => {
  expect(coerce(12345678901234567000, "string", "12345678901234567890")).toEqual({
    value: "12345678901234567890",
  });
  expect(coerce(16777216, "string", "16777216.0")).toMatchObject({ value: "1.6777216e+07" });
});

test.each([
  ["1_0", 10],
  ["2.0", 2],
  ["010", 10],
  ["1e1", 10],
])("the text %j is a number where one is asked for", (text, value) => {
  expect(coerce(text, "integer", text)).toMatchObject({ value });
});

test.each(["2.5", "0x10", " 2", "_1"])("the text %j is not", (text) => {
  expect(coerce(text, "integer", text)).toBeUndefined();
});

test("a number in quotes is a number, with a word about it", () => {
  expect(coerce("2", "integer", "2")).toMatchObject({ value: 2, surprise: { hint: "write 2" } });
});

test("other types are not turned into each other", () => {
  expect(coerce("two", "integer", "two")).toBeUndefined();
  expect(coerce("true", "boolean", "true")).toBeUndefined();
  expect(coerce([], "string", undefined)).toBeUndefined();
});

test("nothing is an empty text", () => {
  expect(coerce(null, "string", "")).toEqual({ value: "" });
});
