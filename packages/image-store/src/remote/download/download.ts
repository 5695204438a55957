import { throwIfAborted } from "../../errors/from-system.ts";
import { checkSpace } from "../../transfer/check-space.ts";
import type { HttpAnswer } from "../http/http-messages.ts";
import { plainText } from "../http/plain-text.ts";
import { TransientFailure } from "../http/transient-failure.ts";
import { withRetries } from "../http/with-retries.ts";
import { checkBeginning } from "./check-beginning.ts";
import type { DownloadPlace } from "./download-area.ts";
import { badAnswer, otherDigest } from "./download-errors.ts";
import type { DownloadOptions } from "./download-options.ts";
import type { PartFile } from "./part-file.ts";
import { validatorOf, writePartRecord, type PartRecord } from "./part-record.ts";
import { readRange } from "./read-range.ts";
import type { RemoteFile } from "./remote-file.ts";

const mebibyte = 1024 ** 2;
/** What came further than this since the last failure has all its retries again. */
const progressBytes = mebibyte;
/** How often free space is looked at while the size of the file is not known. */
const spaceStepBytes = 64 * mebibyte;

/** One download, from what its part has to the whole file. */
export class Download {
  cameBytes = 0;
  readonly #remote: RemoteFile;
  readonly #place: DownloadPlace;
  readonly #options: DownloadOptions;
  readonly #part: PartFile;
  #record: PartRecord | undefined;
  #totalBytes: number | undefined;
  /** Whether the part is put together from more than one answer, which may have been of two files. */
  #pieced: boolean;

  constructor(
    remote: RemoteFile,
    place: DownloadPlace,
    options: DownloadOptions,
    part: PartFile,
    record: PartRecord | undefined,
  ) {
    this.#remote = remote;
    this.#place = place;
    this.#options = options;
    this.#part = part;
    this.#record = record;
    this.#totalBytes = remote.bytes ?? record?.totalBytes;
    this.#pieced = part.bytes > 0;
  }

  async run(): Promise<void> {
    for (let again = false; ; again = true) {
      let failedAtBytes = this.#part.bytes;
      const hasProgressed = () => {
        const further = this.#part.bytes - failedAtBytes >= progressBytes;
        failedAtBytes = this.#part.bytes;
        return further;
      };
      await withRetries(
        `download ${this.#remote.shown}`,
        this.#options,
        () => this.#fetchRest(),
        hasProgressed,
      );
      const actual = this.#part.sha256();
      if (actual === this.#remote.sha256) return;
      if (again || !this.#pieced) throw otherDigest(this.#remote, actual, this.#part.bytes);
      await this.#restart("what was put together has another SHA-256");
    }
  }

  async #fetchRest(): Promise<void> {
    const part = this.#part;
    const fromBytes = part.bytes;
    if (fromBytes > 0 && fromBytes === this.#totalBytes) return await part.flush();
    const answer = await this.#remote.open(this.#rangeFrom(fromBytes));
    this.#checkEncoding(answer);
    const given = readRange(answer, fromBytes, this.#totalBytes);
    if (given.gives === "other") {
      answer.drop();
      if (fromBytes === 0) throw badAnswer(this.#remote, given.reason);
      await this.#restart(given.reason);
      return await this.#fetchRest();
    }
    if (given.gives === "nothing-more") {
      answer.drop();
      return await part.flush();
    }
    if (given.gives === "rest") this.#pieced ||= fromBytes > 0;
    else if (fromBytes > 0) await this.#restart("the server cannot go on, or the file has changed");
    await this.#begin(answer, given.totalBytes);
    await this.#take(answer);
  }

  #rangeFrom(fromBytes: number): Record<string, string> {
    if (fromBytes === 0) return {};
    const validator = this.#record?.url === this.#remote.shown ? this.#record.validator : undefined;
    return { range: `bytes=${fromBytes}-`, ...(validator === undefined ? {} : { "if-range": validator }) };
  }

  async #begin(answer: HttpAnswer, totalBytes: number | undefined): Promise<void> {
    const expected = this.#remote.bytes;
    if (expected !== undefined && totalBytes !== undefined && totalBytes !== expected) {
      throw badAnswer(this.#remote, `it offers ${totalBytes} bytes, and its manifest says ${expected}`);
    }
    this.#totalBytes = totalBytes ?? expected;
    const { shown: url } = this.#remote;
    const validator = validatorOf(answer);
    this.#record = {
      schema: 1,
      url,
      ...(validator === undefined ? {} : { validator }),
      ...(this.#totalBytes === undefined ? {} : { totalBytes: this.#totalBytes }),
    };
    if (this.#totalBytes !== undefined)
      await checkSpace(this.#options.directory, this.#totalBytes - this.#part.bytes);
    await writePartRecord(this.#place.record, this.#record);
  }

  async #take(answer: HttpAnswer): Promise<void> {
    const part = this.#part;
    const { emit, signal, directory } = this.#options;
    let checkedBytes = part.bytes;
    const tell = () => {
      const totalBytes = this.#totalBytes;
      emit({ type: "download", doneBytes: part.bytes, ...(totalBytes === undefined ? {} : { totalBytes }) });
    };
    const beforeWrite = async () => {
      if (part.gathered.length === part.bytes) checkBeginning(part.gathered, this.#remote.shown);
      if (this.#totalBytes !== undefined || part.bytes - checkedBytes < spaceStepBytes) return;
      checkedBytes = part.bytes;
      await checkSpace(directory, spaceStepBytes);
    };
    tell();
    for await (const chunk of answer.chunks()) {
      throwIfAborted(signal);
      this.cameBytes += chunk.length;
      await part.append(chunk, beforeWrite);
      if (part.bytes > (this.#totalBytes ?? Infinity))
        throw badAnswer(this.#remote, "it sends more than it said");
      tell();
    }
    if (this.#totalBytes !== undefined && part.bytes < this.#totalBytes) {
      throw new TransientFailure(`${answer.url.host}: it sent less than it said`);
    }
    this.#totalBytes = part.bytes;
    await beforeWrite();
    await part.flush();
    tell();
  }

  async #restart(reason: string): Promise<void> {
    await this.#part.clear();
    this.#pieced = false;
    this.#record = undefined;
    this.#totalBytes = this.#remote.bytes;
    this.#options.emit({ type: "restart", reason });
  }

  // A body that has to be unpacked can be a bomb, and would have another digest than the file.
  #checkEncoding(answer: HttpAnswer): void {
    const encoding = answer.header("content-encoding");
    if (encoding === undefined || encoding === "" || encoding === "identity") return;
    answer.drop();
    throw badAnswer(
      this.#remote,
      `it is packed (content-encoding: ${plainText(encoding)}), though that was not asked for`,
    );
  }
}
