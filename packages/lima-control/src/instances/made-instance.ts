/** An instance that this process has just made under a lease. */
export interface MadeInstance {
  name: string;
  dir: string;
  /** What it carries; see `leases/mark.ts`. */
  mark: string;
}
