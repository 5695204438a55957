export { FilesError, type FilesErrorCode } from "./files-error.ts";
export { readJsonFile } from "./read-json-file.ts";
export { syncDirectory } from "./sync-directory.ts";
export { withoutPrivateKeys } from "./without-private-keys.ts";
export { writeFileAtomic } from "./write-file-atomic.ts";
export { takeLock, withLock, type LockOptions } from "./lock/with-lock.ts";
export { isSameProcessAlive, processIdentity, type ProcessIdentity } from "./processes/process-identity.ts";
export { processIdentitySchema } from "./processes/process-identity-schema.ts";
