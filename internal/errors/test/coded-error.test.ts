import { expect, test } from "vitest";

import { brandOf, CodedError, hasBrand, isCodedError, type CodedErrorInit } from "../src/index.ts";

/** As two copies of one package in a dependency tree would define it. */
function copyOf(packageName: string) {
  return class extends CodedError<"BAD_NAME"> {
    constructor(init: CodedErrorInit<"BAD_NAME">) {
      super(brandOf(packageName), init);
    }
  };
}
const One = copyOf("@sysinit/one");
const OneAgain = copyOf("@sysinit/one");
const Other = copyOf("@sysinit/other");

test("an error carries what it was made with", () => {
  const cause = new Error("below");
  const error = new One({ code: "BAD_NAME", message: "no", hint: "do", details: { name: "x" }, cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: "BAD_NAME", message: "no", hint: "do", details: { name: "x" }, cause });
});

test("as JSON it says what it has and leaves out what it has not", () => {
  expect(JSON.parse(JSON.stringify(new One({ code: "BAD_NAME", message: "no" })))).toEqual({
    code: "BAD_NAME",
    message: "no",
  });
  expect(
    JSON.parse(JSON.stringify(new One({ code: "BAD_NAME", message: "no", hint: "do", details: { n: 1 } }))),
  ).toEqual({
    code: "BAD_NAME",
    message: "no",
    hint: "do",
    details: { n: 1 },
  });
});

test("an error is known by its package, whichever copy of the package made it", () => {
  const error = new OneAgain({ code: "BAD_NAME", message: "no" });
  expect(error).not.toBeInstanceOf(One);
  expect(hasBrand(error, brandOf("@sysinit/one"))).toBe(true);
  expect(hasBrand(error, brandOf("@sysinit/other"))).toBe(false);
  expect(hasBrand(new Other({ code: "BAD_NAME", message: "no" }), brandOf("@sysinit/other"))).toBe(true);
});

test("any coded error is known as one, and nothing else is", () => {
  expect(isCodedError(new Other({ code: "BAD_NAME", message: "no" }))).toBe(true);
  for (const value of [new Error("no"), { code: "BAD_NAME", message: "no" }, "BAD_NAME", null, undefined]) {
    expect(isCodedError(value)).toBe(false);
  }
});

test("the brand does not show when the error is printed or copied", () => {
  const error = new One({ code: "BAD_NAME", message: "no" });
  expect(Object.keys(error)).toEqual(["code", "hint", "details"]);
  expect(isCodedError({ ...error })).toBe(false);
});
