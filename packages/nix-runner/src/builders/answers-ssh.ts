import { findExecutable, runProcess } from "@sysinit-internal/process";

import type { Environment } from "../nix/environment.ts";

const answerMs = 2000;

/**
 * Whether something listens where a build machine's ssh is to be, as the ssh settings of this machine say (`ssh -G`, which
 * connects to nothing). Undefined when that cannot be told: no ssh, or a machine behind another (ProxyJump, ProxyCommand).
 */
export async function answersSsh(
  url: string,
  { env, signal }: { env: Environment; signal?: AbortSignal | undefined },
): Promise<boolean | undefined> {
  const target = /^ssh(?:-ng)?:\/\/(?:[^@/?]*@)?(\[[^\]]+\]|[^:/?]+)(?::(\d+))?/.exec(url);
  const ssh = findExecutable("ssh", { env });
  if (target === null || ssh === undefined) return undefined;
  const [, host, port] = target;
  const { stdout, exitCode } = await runProcess({
    file: ssh,
    args: ["-G", ...(port === undefined ? [] : ["-p", port]), "--", host!.replace(/^\[|\]$/g, "")],
    env,
    signal,
    timeoutMs: 5000,
  });
  if (exitCode !== 0 || /^proxy(?:command|jump) (?!none)/m.test(stdout)) return undefined;
  const hostname = /^hostname (.+)$/m.exec(stdout)?.[1];
  const sshPort = /^port (\d+)$/m.exec(stdout)?.[1];
  return hostname === undefined || sshPort === undefined
    ? undefined
    : listens(hostname, Number(sshPort), signal);
}

async function listens(host: string, port: number, signal: AbortSignal | undefined): Promise<boolean> {
  const { connect } = await import("node:net");
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...(signal === undefined ? {} : { signal }) });
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(answerMs, () => tell(false));
    socket.once("connect", () => tell(true));
    socket.once("error", () => tell(false));
  });
}
