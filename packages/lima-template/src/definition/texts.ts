/** Types of texts that have a form. They catch what is plainly wrong; the rules check the rest. */

/** Three numbers, such as 1.1.0. */
export type Version = `${"" | "v"}${number}.${number}.${number}${string}`;

type Unit = "" | "B" | `${"K" | "M" | "G" | "T" | "P" | "k" | "m" | "g" | "t" | "p"}${"" | "b" | "B" | "iB"}`;

/** A number and a unit, all of them binary, such as 4GiB. */
export type Size = `${number}${"" | " "}${Unit}`;

/** The algorithm and hex digits. */
export type Digest = `${"sha256" | "sha384" | "sha512"}:${string}`;

/** An absolute path, or a field of Lima's that may be one. */
export type AbsolutePath = `/${string}` | `{{${string}`;

/** A path on the host. */
export type HostPath = AbsolutePath | "~" | `~/${string}`;

/** A script that says what runs it. */
export type ScriptWithInterpreter = `#!${string}`;
