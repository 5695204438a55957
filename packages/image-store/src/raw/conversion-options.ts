import type { Emit } from "../events/emitter.ts";

export interface ConversionOptions {
  signal?: AbortSignal | undefined;
  emit: Emit;
}
