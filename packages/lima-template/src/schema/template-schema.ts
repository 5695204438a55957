import * as z from "zod";
import { additionalDisk } from "./disk.ts";
import { file, firmwareFile } from "./file.ts";
import { image } from "./image.ts";
import { base } from "./locator.ts";
import { mount } from "./mount.ts";
import { copyToHost, network, portForward } from "./port-forward.ts";
import { probe, provision } from "./provision.ts";
import {
  architectureOrDefault,
  flag,
  mountType,
  operatingSystem,
  size,
  text,
  texts,
  vmType,
  wholeNumber,
} from "./scalars.ts";
import { ssh } from "./ssh.ts";
import { user } from "./user.ts";
import { cpuType, rosetta, vmOptions } from "./vm-options.ts";

/**
 * The shape of a Lima 2.2 template (pkg/limatype/lima_yaml.go). Nothing at the top is required: a template may leave
 * the rest to its `base`. Shapes only; what values mean together is checked by the rules.
 */
export const templateSchema = z.strictObject({
  base: base.optional(),
  minimumLimaVersion: text.optional(),
  vmType: vmType.optional(),
  vmOpts: vmOptions.optional(),
  os: operatingSystem.optional(),
  arch: architectureOrDefault.optional(),
  images: z.array(image).optional(),
  cpuType: cpuType.optional(),
  cpus: wholeNumber.optional(),
  memory: size.optional(),
  disk: size.optional(),
  additionalDisks: z.array(additionalDisk).optional(),
  mounts: z.array(mount).optional(),
  mountTypesUnsupported: z.array(mountType).optional(),
  mountType: mountType.optional(),
  mountInotify: flag.optional(),
  ssh: ssh.optional(),
  firmware: z
    .strictObject({ legacyBIOS: flag.optional(), images: z.array(firmwareFile).optional() })
    .optional(),
  audio: z
    .strictObject({ device: text.optional(), interface: z.enum(["hda", "virtio", ""]).optional() })
    .optional(),
  video: z
    .strictObject({
      display: text.optional(),
      vnc: z.strictObject({ display: text.optional() }).optional(),
    })
    .optional(),
  provision: z.array(provision).optional(),
  upgradePackages: flag.optional(),
  containerd: z
    .strictObject({ system: flag.optional(), user: flag.optional(), archives: z.array(file).optional() })
    .optional(),
  guestInstallPrefix: text.optional(),
  probes: z.array(probe).optional(),
  portForwards: z.array(portForward).optional(),
  copyToHost: z.array(copyToHost).optional(),
  message: text.optional(),
  networks: z.array(network).optional(),
  env: texts.optional(),
  param: texts.optional(),
  dns: z.array(text).optional(),
  hostResolver: z
    .strictObject({ enabled: flag.optional(), ipv6: flag.optional(), hosts: texts.optional() })
    .optional(),
  propagateProxyEnv: flag.optional(),
  caCerts: z
    .strictObject({
      removeDefaults: flag.optional(),
      files: z.array(text).optional(),
      certs: z.array(text).optional(),
    })
    .optional(),
  rosetta: rosetta.optional(),
  plain: flag.optional(),
  timezone: text.optional(),
  nestedVirtualization: flag.optional(),
  user: user.optional(),
  tpm: flag.optional(),
  osOpts: z
    .strictObject({
      Linux: z.record(z.string(), z.unknown()).optional(),
      Darwin: z.record(z.string(), z.unknown()).optional(),
      FreeBSD: z.record(z.string(), z.unknown()).optional(),
      Windows: z.strictObject({ virtioWin: z.array(file).optional() }).optional(),
    })
    .optional(),
});

/** A template as typed data. */
export type TemplateValue = z.infer<typeof templateSchema>;

/** One entry of `images`. */
export type TemplateImage = NonNullable<TemplateValue["images"]>[number];

/** One entry of `mounts`. */
export type TemplateMount = NonNullable<TemplateValue["mounts"]>[number];
