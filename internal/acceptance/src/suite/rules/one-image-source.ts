import type { Rule } from "./rule.ts";

/** `image` names one image, `matrix.image` several. */
export const oneImageSource: Rule = ({ image, matrix }) =>
  image !== undefined && matrix?.image !== undefined
    ? [
        {
          path: ["matrix", "image"],
          at: "key",
          message: "there is `image` already",
          hint: "keep one of the two",
        },
      ]
    : [];
