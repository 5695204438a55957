import type { HttpAnswer } from "../http/http-messages.ts";

/** A file on a server whose SHA-256 is known. */
export interface RemoteFile {
  /** Its address, without credentials and query. */
  readonly shown: string;
  readonly sha256: string;
  /** Its size, where it is known from elsewhere than the server that sends it. */
  readonly bytes?: number | undefined;
  /**
   * Asks for it, with the headers of a range. Gives an answer with status 200, 206 or 416.
   *
   * @throws ImageStoreError; TransientFailure
   */
  open(headers: Readonly<Record<string, string>>): Promise<HttpAnswer>;
}
