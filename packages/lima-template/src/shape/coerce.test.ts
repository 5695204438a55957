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
