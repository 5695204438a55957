import { addresses, dnsWithHostResolver } from "./addresses.ts";
import { containerdOn } from "./containerd-on.ts";
import { copyToHostPath } from "./copy-to-host-path.ts";
import { counts } from "./counts.ts";
import { deprecatedKey } from "./deprecated-key.ts";
import { digestNotImplemented } from "./digest-not-implemented.ts";
import { digestShape } from "./digest-shape.ts";
import { diskName } from "./disk-name.ts";
import { driverArch } from "./driver-arch.ts";
import { experimental } from "./experimental.ts";
import { fileLocation } from "./file-location.ts";
import { firmwareUnsupported } from "./firmware.ts";
import { hostKeysLoaded } from "./host-keys-loaded.ts";
import { hostSocketLength } from "./host-socket-length.ts";
import { ignoredByDriver } from "./ignored-by-driver.ts";
import { imageArchMissing } from "./image-arch-missing.ts";
import { imagePartArch } from "./image-part-arch.ts";
import { imagesMissing } from "./images-missing.ts";
import { keyNeedsNewerLima } from "./key-needs-newer-lima.ts";
import { limaInternals } from "./lima-internals.ts";
import { limaTooOld, minimumVersionMissing, minimumVersionShape } from "./minimum-version.ts";
import { mountLocation } from "./mount-location.ts";
import { mountOverLoginKeys } from "./mount-over-login-keys.ts";
import { mountPointDuplicate } from "./mount-point-duplicate.ts";
import { mountPointForbidden } from "./mount-point-forbidden.ts";
import { mountTypeExcluded, mountTypeUnsupported } from "./mount-type.ts";
import { networkShape } from "./network-shape.ts";
import { paramName, paramUndefined, paramUnused } from "./param.ts";
import { plainDrops } from "./plain.ts";
import { portForwardShape } from "./port-forward-shape.ts";
import { ports } from "./ports.ts";
import { probeFile, probeWithoutShebang } from "./probe.ts";
import { provisionShape } from "./provision-shape.ts";
import type { Rule } from "./rule.ts";
import { sizes } from "./sizes.ts";
import { templateFieldUnknown } from "./template-field-unknown.ts";
import { templateSyntax } from "./template-syntax.ts";
import { tpmUnsupported } from "./tpm-unsupported.ts";
import { sudoNeedsPlain, userHomeDefault, userRefused } from "./user.ts";
import { windowsGuest } from "./windows-guest.ts";
import { wsl2Image } from "./wsl2-image.ts";

/** Every rule. A new one is a file with its test and a line here. */
export const rules: readonly Rule[] = [
  addresses,
  containerdOn,
  copyToHostPath,
  counts,
  deprecatedKey,
  digestNotImplemented,
  digestShape,
  diskName,
  dnsWithHostResolver,
  driverArch,
  experimental,
  fileLocation,
  firmwareUnsupported,
  hostKeysLoaded,
  hostSocketLength,
  ignoredByDriver,
  imageArchMissing,
  imagePartArch,
  imagesMissing,
  keyNeedsNewerLima,
  limaInternals,
  limaTooOld,
  minimumVersionMissing,
  minimumVersionShape,
  mountLocation,
  mountOverLoginKeys,
  mountPointDuplicate,
  mountPointForbidden,
  mountTypeExcluded,
  mountTypeUnsupported,
  networkShape,
  paramName,
  paramUndefined,
  paramUnused,
  plainDrops,
  portForwardShape,
  ports,
  probeFile,
  probeWithoutShebang,
  provisionShape,
  sizes,
  sudoNeedsPlain,
  templateFieldUnknown,
  templateSyntax,
  tpmUnsupported,
  userHomeDefault,
  userRefused,
  windowsGuest,
  wsl2Image,
];
