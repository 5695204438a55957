import { builtin } from "./builtin.ts";
import { command, script } from "./command.ts";
import { file } from "./file.ts";
import { port } from "./port.ts";
import { unit } from "./unit.ts";

/** Every kind of check that a suite can have, by the key that makes an entry one of that kind. */
export const kinds = { builtin, command, script, unit, port, file } as const;

export type Kind = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as Kind[];
