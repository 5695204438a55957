/** The image name of the requirements: files are called sysinit-lima-minimal-…. */
export const defaultImageName = "lima-minimal";

/** The instance that `up` brings up when no name is given. */
export const defaultInstanceName = "lima-minimal";
