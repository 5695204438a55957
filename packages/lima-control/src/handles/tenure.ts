import type { Origin } from "../origin.ts";

/** When an owned VM is deleted at the end of `await using`. */
export type Keep = "never" | "on-failure" | "always";

/** What the handles of one instance share, as it changes: a VM that is detached or renamed is so for all of them. */
export interface Tenure {
  name: string;
  dir: string;
  owned: boolean;
  keep: Keep;
  failed: boolean;
  /** What the instance carries that this process made and owns; another one of its name does not carry it. */
  mark?: string | undefined;
  /** What an owned VM was launched from. */
  origin?: Origin | undefined;
}
