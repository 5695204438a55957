/** One step of ending a process: send `signal`, then give it `graceMs` before the next step. */
export interface StopStep {
  signal: NodeJS.Signals;
  graceMs: number;
}

/** What most programs are ended with: asked once, then killed after ten seconds. */
export const defaultStopSteps: readonly StopStep[] = [
  { signal: "SIGTERM", graceMs: 10_000 },
  { signal: "SIGKILL", graceMs: 0 },
];

/** Sends a signal to a process and all of its group; that it is gone already, or another user's, is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals, isGroupLeader: boolean): void {
  try {
    process.kill(isGroupLeader ? -pid : pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // macOS says EPERM for a group that has only zombies left.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/** Walks through the steps until `exited` settles; what the leader of a group then left in it is killed. */
export function stopGroup(
  pid: number,
  isGroupLeader: boolean,
  steps: readonly StopStep[],
  exited: Promise<unknown>,
): void {
  let ended = false;
  void exited.then(() => {
    ended = true;
    if (isGroupLeader) signalGroup(pid, "SIGKILL", true);
  });
  const next = (index: number): void => {
    const step = steps[index];
    if (ended || step === undefined) return;
    signalGroup(pid, step.signal, isGroupLeader);
    setTimeout(() => next(index + 1), step.graceMs).unref();
  };
  next(0);
}
