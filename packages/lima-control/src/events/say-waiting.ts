import type { Teller } from "./teller.ts";

const everyMs = 10_000;

/** Tells at regular intervals what is being waited for; returns the function that ends it. */
export function sayWaiting(teller: Teller, what: () => string): () => void {
  const since = teller.elapsedMs();
  const timer = setInterval(
    () => teller.tell({ type: "waiting", text: what(), elapsedMs: teller.elapsedMs() - since }),
    everyMs,
  );
  return () => clearInterval(timer);
}
