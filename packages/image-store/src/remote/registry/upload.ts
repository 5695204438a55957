import { ImageStoreError } from "../../errors/image-store-error.ts";
import { fromStatus } from "../http/from-status.ts";
import type { HttpAnswer } from "../http/http-messages.ts";
import { TransientFailure } from "../http/transient-failure.ts";
import { loginHint } from "./authorize.ts";
import type { Blob, PushBlobOptions } from "./blob.ts";
import type { Registry } from "./open-registry.ts";
import { receivedBytes, uploadLocation } from "./upload-location.ts";

// What a registry, or a proxy before it, says that takes uploads only as a whole.
const refusesChunks: ReadonlySet<number> = new Set([400, 404, 405, 411, 415, 416, 501]);
/** What a registry says to an upload that it does not know, or whose bytes do not follow on those that it has. */
const losesUpload: ReadonlySet<number> = new Set([404, 416]);
const octets = { "content-type": "application/octet-stream" };

/** One upload; `run` goes on with it after a failure. */
export class Upload {
  /** What the registry has said that it has. */
  doneBytes = 0;
  sentBytes = 0;
  readonly #registry: Registry;
  readonly #blob: Blob;
  readonly #options: PushBlobOptions;
  #location: URL | undefined;
  #chunkBytes: number;
  #checked = false;

  constructor(registry: Registry, blob: Blob, options: PushBlobOptions) {
    this.#registry = registry;
    this.#blob = blob;
    this.#options = options;
    this.#chunkBytes = options.chunkBytes;
  }

  async run(): Promise<void> {
    if (this.#location !== undefined) await this.#askHowFar();
    if (this.#location === undefined && !(await this.#start())) return;
    while (this.#isChunked && this.doneBytes < this.#blob.bytes) {
      if (!(await this.#sendChunk()) && !(await this.#startWhole())) return;
    }
    await this.#complete();
  }

  get #isChunked(): boolean {
    return this.#blob.bytes > this.#chunkBytes;
  }

  /** False when there is nothing to do. */
  async #start(): Promise<boolean> {
    const { digest } = this.#blob;
    const there = await this.#registry.send({ method: "HEAD", url: this.#registry.url(`blobs/${digest}`) });
    there.drop();
    if (there.status === 200) return false;
    if (there.status !== 404) throw await this.#failed(there);
    if (!this.#checked) await this.#options.beforeUpload?.();
    this.#checked = true;
    const answer = await this.#registry.send({
      method: "POST",
      url: this.#registry.url("blobs/uploads/"),
      headers: { "content-length": "0" },
    });
    if (answer.status !== 202) throw await this.#failed(answer);
    answer.drop();
    this.#location = uploadLocation(answer);
    this.doneBytes = 0;
    // Some registries take no smaller pieces.
    this.#chunkBytes = Math.max(this.#chunkBytes, Number(answer.header("oci-chunk-min-length")) || 0);
    return true;
  }

  async #startWhole(): Promise<boolean> {
    this.#chunkBytes = Infinity;
    this.#location = undefined;
    return await this.#start();
  }

  /** After a failure: the registry tells how much it has, or no longer knows of the upload. */
  async #askHowFar(): Promise<void> {
    const answer = await this.#registry.send({ method: "GET", url: this.#location! });
    answer.drop();
    const received = receivedBytes(answer);
    if (!this.#isChunked || answer.status !== 204 || received === undefined || received > this.#blob.bytes) {
      this.#location = undefined;
      return;
    }
    this.doneBytes = received;
    if (answer.header("location") !== undefined) this.#location = uploadLocation(answer);
  }

  /** False when the registry takes no chunks at all. */
  async #sendChunk(): Promise<boolean> {
    const start = this.doneBytes;
    const end = Math.min(start + this.#chunkBytes, this.#blob.bytes);
    const answer = await this.#registry.send({
      method: "PATCH",
      url: this.#location!,
      headers: { ...octets, "content-range": `${start}-${end - 1}`, "content-length": String(end - start) },
      body: () => this.#blob.open(start, end),
    });
    if (answer.status === 202) {
      answer.drop();
      this.sentBytes += end - start;
      this.#location = uploadLocation(answer);
      const received = receivedBytes(answer) ?? end;
      if (received <= start || received > end)
        throw this.#bad(`it says to have ${received} bytes after byte ${end}`);
      this.doneBytes = received;
      return true;
    }
    if (start === 0 && refusesChunks.has(answer.status)) {
      answer.drop();
      return false;
    }
    throw await this.#failedIn(answer);
  }

  /** Ends the upload, with all of the content when it has not been sent in chunks. */
  async #complete(): Promise<void> {
    const { digest, bytes } = this.#blob;
    const url = new URL(this.#location!);
    url.searchParams.set("digest", digest);
    const start = this.#isChunked ? bytes : 0;
    const answer = await this.#registry.send({
      method: "PUT",
      url,
      headers: { ...octets, "content-length": String(bytes - start) },
      ...(start === bytes ? {} : { body: () => this.#blob.open(start, bytes) }),
    });
    if (answer.status !== 201) throw await this.#failedIn(answer);
    answer.drop();
    this.sentBytes += bytes - start;
    this.doneBytes = bytes;
    const stored = answer.header("docker-content-digest");
    if (stored?.startsWith("sha256:") && stored !== digest) {
      throw new ImageStoreError({
        code: "DIGEST_MISMATCH",
        message: `${this.#registry.name} has stored other bytes than were sent: ${stored}, not ${digest}`,
        hint: "Something between here and the registry, or the registry itself, changes what is sent.",
        details: { expected: digest, actual: stored },
      });
    }
  }

  /** A failure in the middle: a registry that has lost the upload, or its place in it, gets it from the beginning. */
  async #failedIn(answer: HttpAnswer): Promise<Error> {
    if (this.doneBytes === 0 || !losesUpload.has(answer.status)) return await this.#failed(answer);
    answer.drop();
    this.#location = undefined;
    return new TransientFailure(`${answer.url.host} has lost the upload (${answer.status})`);
  }

  async #failed(answer: HttpAnswer): Promise<Error> {
    const { host, name } = this.#registry;
    return await fromStatus(answer, `upload to ${name}`, {
      unauthorized: loginHint(host),
      notFound: "Check the name of the repository; some registries want it made beforehand.",
    });
  }

  #bad(reason: string): ImageStoreError {
    return new ImageStoreError({
      code: "REMOTE_ANSWER_BAD",
      message: `the registry of ${this.#registry.name} cannot be pushed to: ${reason}`,
      hint: "Tell whoever keeps the registry.",
      details: { reason },
    });
  }
}
