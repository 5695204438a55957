import type { Emit } from "../events/emitter.ts";
import type { StoreContent } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";

/** Something in the store that is not as it should be. */
export interface Finding {
  /** What it is about. */
  path: string;
  /** One sentence. */
  problem: string;
  /** What repair does about it, or what a person can do. */
  remedy: string;
  /** Does it; absent when only a person can. */
  repair?: () => Promise<void>;
}

/** What a rule looks at. The store is locked when a finding is repaired, not when it is only told. */
export interface RuleContext {
  store: LockedStore;
  content: StoreContent;
  signal: AbortSignal | undefined;
  emit: Emit;
}

/** Finds one kind of trouble. */
export interface Rule {
  kind: string;
  find: (context: RuleContext) => Promise<Finding[]>;
}
