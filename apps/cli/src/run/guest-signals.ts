import { randomUUID } from "node:crypto";

import type { RunningVm } from "@sysinit/lima-control";

/** A command of which the guest remembers the process, so that signals can be sent to it. */
export interface SignalledCommand {
  argv: string[];
  /** Sends a signal to the command and all that it has started. */
  send(vm: RunningVm, signal: NodeJS.Signals): Promise<void>;
}

const remember = 'echo $$ >"$1"; shift; exec "$@"';

// ssh has no signals without a terminal. In a terminal they would go to the whole group: so do these.
const sendToTree = `
tree() { for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$child"; done; echo "$1"; }
kill -s "$2" $(tree "$(cat "$1")") 2>/dev/null`;

/** Wraps a command; nothing of it changes but that its process is known. */
export function signalledCommand(argv: readonly string[]): SignalledCommand {
  const file = `/tmp/.lima-cli-run-${randomUUID()}`;
  return {
    argv: ["/bin/sh", "-c", remember, "sh", file, ...argv],
    async send(vm, signal) {
      await vm.tryExec(["/bin/sh", "-c", sendToTree, "sh", file, signal.replace(/^SIG/, "")], {
        timeoutMs: 20_000,
      });
    },
  };
}
