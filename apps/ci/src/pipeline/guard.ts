import { harmless } from "./harmless.ts";

/** A stream whose text is made harmless on its way, for a log that something reads commands out of. */
export function guarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return Object.create(stream, {
    write: {
      value: (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
        return (stream.write as (text: string, ...rest: unknown[]) => boolean)(harmless(text), ...rest);
      },
    },
  }) as NodeJS.WriteStream;
}
