import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";

import { drained, runProcess } from "@sysinit-internal/process";

import { abortedError, throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import type { ForwardOptions, PortForward } from "./handles/port-forward.ts";
import type { SshConfig } from "./handles/ssh-config.ts";
import type { LimaContext } from "./lima-context.ts";
import { sshConfig } from "./ssh-config.ts";

/**
 * Opens a port of this machine that leads to one of the guest; see `RunningVm.forward`. Each connection is a channel of
 * the ssh connection that Lima holds open, so the port is a free one without a race, and gone when our process is.
 */
export async function forward(
  context: LimaContext,
  name: string,
  guestPort: number,
  options: ForwardOptions = {},
): Promise<PortForward> {
  const { guestHost = "127.0.0.1", hostAddress = "127.0.0.1", hostPort = 0, signal } = options;
  const what = `forwarding port ${guestPort} of ${name}`;
  throwIfAborted(what, signal);
  checkPort(guestPort, 1);
  checkPort(hostPort, 0);
  const ssh = await sshConfig(context, name, { signal });
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  // A client that has sent all that it will still gets its answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    void connect(context, ssh, `${bracketed(guestHost)}:${guestPort}`, socket, closing.signal);
  });
  try {
    server.listen({ host: hostAddress, port: hostPort });
    await once(server, "listening");
  } catch (cause) {
    throw new LimaControlError({
      code: "FORWARD_FAILED",
      message: `port ${hostPort} of ${hostAddress} cannot be opened: ${(cause as Error).message}`,
      hint: "Leave hostPort out, and a free one is taken.",
      details: { instance: name, hostAddress, hostPort },
      cause,
    });
  }
  // It must not keep our process alive by itself.
  server.unref();
  const onAbort = () => void close();
  const close = async () => {
    signal?.removeEventListener("abort", onAbort);
    closing.abort();
    for (const socket of sockets) socket.destroy();
    await closed(server);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  // It may have been while the instance was looked at.
  if (signal?.aborted) {
    await close();
    throw abortedError(what, signal);
  }
  const { port } = server.address() as { port: number };
  return { hostAddress, hostPort: port, guestPort, close, [Symbol.asyncDispose]: close };
}

async function connect(
  context: LimaContext,
  ssh: SshConfig,
  target: string,
  socket: Socket,
  signal: AbortSignal,
): Promise<void> {
  socket.on("error", () => {});
  await runProcess({
    file: "ssh",
    args: ["-F", ssh.file, "-o", "ControlMaster=no", "-W", target, ssh.host],
    env: context.env,
    // Not the socket itself: when ssh ends first, what is still to be written to it is to be.
    input: socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
    signal,
    maxOutputBytes: 4 * 1024,
    onChunk: (chunk, stream) => (stream === "stdout" ? written(socket, chunk) : undefined),
  }).catch(() => {});
  socket.end();
  // What else comes is of no use to anybody, and with its end the socket is closed.
  socket.resume();
}

/** Fulfilled when there is room for more, or nobody listens any more. */
function written(socket: Socket, chunk: Uint8Array): void | Promise<void> {
  if (socket.destroyed || socket.write(chunk)) return;
  return drained(socket);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

const bracketed = (host: string) => (host.includes(":") ? `[${host}]` : host);

function checkPort(port: number, least: number): void {
  if (Number.isInteger(port) && port >= least && port <= 65_535) return;
  throw new LimaControlError({ code: "BAD_ARGUMENT", message: `${port} is no port` });
}
