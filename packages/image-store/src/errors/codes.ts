/** Every code that an {@link ImageStoreError} can have, with its meaning. Codes are stable; messages are not. */
export const imageStoreErrorCodes = {
  HOME_UNSET: "Neither LIMA_HOME nor HOME is set, so there is no place for images.",
  BAD_NAME: "The image name has a form that file names of the store cannot carry.",
  SOURCE_NOT_FOUND: "The image file to read does not exist.",
  SOURCE_NOT_A_FILE: "What should be an image file is a symbolic link, directory, FIFO, socket or device.",
  SOURCE_UNREADABLE: "The image file cannot be read.",
  SOURCE_CHANGED: "The image file was changed, replaced or removed while it was copied.",
  NOT_AN_IMAGE: "The file is no disk image, or of a format that is not stored.",
  UNSAFE_IMAGE: "The image refers to other files, is encrypted, damaged or lies about its sizes.",
  DISK_FULL: "The store's file system has no room for the image.",
  DIRECTORY_NOT_WRITABLE: "The store's directory cannot be made or written.",
  DIRECTORY_UNSAFE: "The store's directory belongs to another user or can be written by everybody.",
  LATEST_NOT_A_LINK: "Something that is no symbolic link stands where the latest link belongs.",
  LOCKED: "Another process kept the store locked for too long.",
  IMAGE_NOT_FOUND: "The store has no such image or generation.",
  NO_LATEST: "The store has generations of the image, but its latest link leads to none of them.",
  MANIFEST_UNREADABLE: "The manifest of the image is damaged or of an unknown version.",
  ABORTED: "The caller's signal ended the work.",
  IO_FAILED: "The operating system failed to read or write the store.",
} as const satisfies Record<string, string>;

export type ImageStoreErrorCode = keyof typeof imageStoreErrorCodes;
