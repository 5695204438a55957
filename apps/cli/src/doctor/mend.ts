import type { CommandContext } from "../command-context.ts";

/** Something that is wrong here and can be mended without the person. */
export interface Mend {
  /** What is wrong, in one line. */
  problem: string;
  /** What would be done, in one line: "delete web-1a2b3c". */
  action: string;
  mend(): Promise<void>;
}

/** Looks for one kind of it, and changes nothing. */
export type FindMends = (context: CommandContext) => Promise<Mend[]>;
