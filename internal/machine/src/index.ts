export { MachineError, type MachineErrorCode } from "./machine-error.ts";
export { guestSystem, limaArch } from "./guest-system.ts";
export { chooseImageSource, type GuestChoice, type ImageSource } from "./image-source.ts";
export { obtainImage, type ObtainedImage, type ObtainImageOptions } from "./obtain-image.ts";
export { vmBuildMachine } from "./vm-build-machine.ts";
export { builtInTemplate } from "./built-in-template.ts";
export { readMachineTemplate, withStoredImage } from "./prepare-template.ts";
export { hostMounts } from "./host-mounts.ts";
export { requireHost } from "./require-host.ts";
