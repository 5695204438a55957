import { LimaTemplateError } from "../failures/lima-template-error.ts";
import { interleave } from "./interleave.ts";
import { literal } from "./literal.ts";

/** What a script may be given: a word, or words. */
export type ShellValue = string | number | readonly (string | number)[];

/**
 * A script with values in it: each value is one word of the shell, whatever is in it, and a list is as many words. The
 * text of the script itself is code, and Lima's fields such as `{{.User}}` are filled in.
 *
 *     shell`#!/bin/sh
 *     printf '%s\n' ${greeting} >/etc/motd
 *     `
 *
 * Values must stand outside quotes and here-documents of the script.
 *
 * @throws LimaTemplateError UNQUOTABLE_VALUE for a value with a zero byte, which no word can have.
 */
export function shell(script: TemplateStringsArray, ...values: readonly ShellValue[]): string {
  return interleave(script, values, words);
}

const words = (value: ShellValue): string =>
  (typeof value === "object" ? value : [value]).map((word) => quote(String(word))).join(" ");

function quote(word: string): string {
  if (word.includes("\0")) {
    throw new LimaTemplateError({
      code: "UNQUOTABLE_VALUE",
      message: `a word of a script cannot have a zero byte: ${JSON.stringify(word.slice(0, 40))}`,
      hint: "write the value into a file of mode data, encoded",
      details: { value: word },
    });
  }
  return literal(`'${word.replaceAll("'", `'\\''`)}'`);
}
