import { expect, test } from "vitest";

import { LimaControlError } from "./lima-control-error.ts";

// What it says of types fails `pnpm types` when it does not hold.
test("an error is known by its code, and one of another code is still an error", () => {
  const tell = (error: unknown): string => {
    if (LimaControlError.is(error, "PROTECTED")) {
      const code: "PROTECTED" = error.code;
      return code;
    }
    if (!LimaControlError.is(error)) return "none";
    if (LimaControlError.is(error, "ABORTED")) return error.code;
    return error.message;
  };
  expect(tell(new LimaControlError({ code: "PROTECTED", message: "one" }))).toBe("PROTECTED");
  expect(tell(new LimaControlError({ code: "ABORTED", message: "two" }))).toBe("ABORTED");
  expect(tell(new LimaControlError({ code: "STOP_FAILED", message: "three" }))).toBe("three");
  expect(tell(new Error("four"))).toBe("none");
});

test("its message and its hint are one line each, whatever they quote", () => {
  const error = new LimaControlError({
    code: "FILE_FAILED",
    message: "/tmp/a\nb could not be read:\n  no\r\n",
    hint: "Delete /tmp/a\nb.",
  });
  expect(error.message).toBe("/tmp/a; b could not be read:; no");
  expect(error.hint).toBe("Delete /tmp/a; b.");
});
