import { absentFile } from "./absent-file.ts";
import { cellsDistinct } from "./cells-distinct.ts";
import { idsUnique } from "./ids-unique.ts";
import { needsBefore } from "./needs-before.ts";
import { oneImageSource } from "./one-image-source.ts";
import type { Rule } from "./rule.ts";

/** Every rule about a suite whose shape is right. */
export const rules: readonly Rule[] = [idsUnique, needsBefore, oneImageSource, cellsDistinct, absentFile];
