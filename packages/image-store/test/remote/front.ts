import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";

import { listen, type SeenRequest } from "./server.ts";

/** What is done to one request on its way; undefined lets it pass. */
export interface Fault {
  /** Cuts the connection when the registry has got so many bytes of the body. */
  cutRequestAt?: number;
  /** Cuts the connection when the client has got so many bytes of the body. */
  cutAnswerAt?: number;
  /** Answers instead of the registry. */
  answer?: (response: ServerResponse) => void;
  /** Changes the body of the answer. */
  change?: (body: Buffer) => Buffer;
}

/** A server before a registry, as there is one in practice, that can fail. Answers keep the Host header of the client. */
export async function startFront(
  target: { port: number },
  fault: (request: IncomingMessage, turn: number) => Fault | undefined = () => undefined,
): Promise<{ host: string; port: number; requests: SeenRequest[] }> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const { method = "", url: path = "", headers } = request;
    const found = fault(request, requests.push({ method, path, headers }) - 1) ?? {};
    response.on("error", () => {});
    if (found.answer !== undefined) {
      // As a server that does not want the body.
      request.resume().on("error", () => {});
      found.answer(response);
      return;
    }
    const onward = ask({ host: "127.0.0.1", port: target.port, method, path, headers });
    onward.on("error", () => response.destroy());
    onward.on("response", (answer) => passAnswer(answer, response, found));
    passRequest(request, onward, found.cutRequestAt, () => request.socket.destroy());
  });
  const { port } = await listen(server);
  return { host: `127.0.0.1:${port}`, port, requests };
}

function passRequest(
  request: IncomingMessage,
  onward: ReturnType<typeof ask>,
  cutAt: number | undefined,
  cut: () => void,
): void {
  if (cutAt === undefined) {
    request.pipe(onward);
    return;
  }
  let passed = 0;
  request.on("error", () => onward.destroy());
  request.on("data", (chunk: Buffer) => {
    const rest = chunk.subarray(0, Math.max(0, cutAt - passed));
    passed += rest.length;
    if (passed < cutAt) onward.write(rest);
    else {
      request.removeAllListeners("data");
      onward.write(rest, () => {
        onward.destroy();
        cut();
      });
    }
  });
}

function passAnswer(answer: IncomingMessage, response: ServerResponse, { cutAnswerAt, change }: Fault): void {
  const { statusCode = 500, headers } = answer;
  if (change !== undefined) {
    const chunks: Buffer[] = [];
    answer.on("data", (chunk: Buffer) => chunks.push(chunk));
    answer.on("end", () => {
      const body = change(Buffer.concat(chunks));
      response.writeHead(statusCode, { ...headers, "content-length": body.length }).end(body);
    });
    return;
  }
  response.writeHead(statusCode, headers);
  if (cutAnswerAt === undefined) {
    answer.pipe(response);
    return;
  }
  let passed = 0;
  answer.on("data", (chunk: Buffer) => {
    passed += chunk.length;
    response.write(chunk);
    if (passed < cutAnswerAt) return;
    answer.destroy();
    setTimeout(() => response.destroy(), 50);
  });
}
