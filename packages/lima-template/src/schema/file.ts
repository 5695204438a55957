import * as z from "zod";
import { architecture, text, vmType } from "./scalars.ts";

/** Keys of anything that is fetched: location, architecture, digest. */
export const fileKeys = {
  /** URL, `~` path or absolute path. A relative path is relative to limactl's working directory. */
  location: text,
  /** Default: the template's `arch`. */
  arch: architecture.optional(),
  /** `sha256:…`; checked by Lima when the file is copied or downloaded. */
  digest: text.optional(),
};

export const file = z.strictObject(fileKeys);

export const firmwareFile = z.strictObject({ ...fileKeys, vmType: vmType.optional() });
