import type { Accelerator } from "./accelerator/accelerator.ts";
import type { VmEventListener } from "./events/vm-event.ts";

/** What every verb of one `createLima` shares. */
export interface LimaContext {
  readonly limactl: string;
  /** LIMA_HOME, absolute. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly owner: string | undefined;
  readonly onEvent: VmEventListener | undefined;
  /** The accelerator for guests of that architecture; found out once. */
  accelerator(arch: string): Promise<Accelerator>;
}
