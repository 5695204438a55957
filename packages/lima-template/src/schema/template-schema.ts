import * as z from "zod";
import { copyToHost } from "./copy-to-host.ts";
import { additionalDisk } from "./disk.ts";
import { file, firmwareFile } from "./file.ts";
import { image } from "./image.ts";
import { base } from "./locator.ts";
import { mount } from "./mount.ts";
import { network } from "./network.ts";
import { operatingSystemOptions } from "./operating-system-options.ts";
import { portForward } from "./port-forward.ts";
import { probe } from "./probe.ts";
import { provision } from "./provision.ts";
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
  base: base
    .optional()
    .describe("Templates that this one builds on; what is written here wins. Since Lima 1.1."),
  minimumLimaVersion: text.optional().describe("Oldest Lima that the template works with, such as 1.1.0."),
  vmType: vmType
    .optional()
    .describe("Driver. Default: vz on macOS (qemu for a foreign `arch`), qemu elsewhere."),
  vmOpts: vmOptions.optional().describe("Options of one driver each."),
  os: operatingSystem.optional().describe("System of the guest. Default: Linux."),
  arch: architectureOrDefault.optional().describe("Architecture of the guest. Default: the host's."),
  images: z
    .array(image)
    .optional()
    .describe("Disk images; the first one of the right architecture that can be had is used."),
  cpuType: cpuType.optional().describe("Deprecated: use `vmOpts.qemu.cpuType`."),
  cpus: wholeNumber.optional().describe("Default: 4, or as many as the host has."),
  memory: size.optional().describe("Such as 4GiB. Default: 4GiB, or half of the host's."),
  disk: size.optional().describe("Such as 20GiB; not smaller than the image. Default: 100GiB."),
  additionalDisks: z.array(additionalDisk).optional().describe("Disks made with `limactl disk create`."),
  mounts: z.array(mount).optional().describe("Directories of the host in the guest."),
  mountTypesUnsupported: z.array(mountType).optional().describe("Mount types that the guest cannot do."),
  mountType: mountType.optional().describe("Default: the driver's."),
  mountInotify: flag.optional().describe("Experimental: pass on changes as inotify events. Default: false."),
  ssh: ssh.optional().describe("How the host reaches the guest."),
  firmware: z
    .strictObject({
      legacyBIOS: flag
        .optional()
        .describe("QEMU on x86_64 and armv7l: BIOS instead of UEFI. Default: false."),
      images: z.array(firmwareFile).optional().describe("UEFI images. Not for vz."),
    })
    .optional()
    .describe("Firmware of the machine."),
  audio: z
    .strictObject({
      device: text.optional().describe("Audio device of the driver. Experimental."),
      interface: z.enum(["hda", "virtio", ""]).optional().describe("Sound card of the guest."),
    })
    .optional()
    .describe("Sound."),
  video: z
    .strictObject({
      display: text.optional().describe("Display of the driver. Default: none."),
      vnc: z
        .strictObject({ display: text.optional().describe("Such as 127.0.0.1:0,to=9.") })
        .optional()
        .describe("Options of `display: vnc`."),
    })
    .optional()
    .describe("Screen."),
  provision: z.array(provision).optional().describe("What to run or write in the guest on every boot."),
  upgradePackages: flag.optional().describe("Upgrade the guest's packages on boot. Default: false."),
  containerd: z
    .strictObject({
      system: flag.optional().describe("containerd as root. Default: false."),
      user: flag.optional().describe("Rootless containerd. Default: true on Linux, x86_64 and aarch64."),
      archives: z.array(file).optional().describe("Archives of nerdctl. Default: Lima's."),
    })
    .optional()
    .describe("containerd with nerdctl in the guest."),
  guestInstallPrefix: text
    .optional()
    .describe("Where Lima installs its agent in the guest. Default: /usr/local."),
  probes: z.array(probe).optional().describe("Scripts that must succeed before the instance is ready."),
  portForwards: z
    .array(portForward)
    .optional()
    .describe("Rules for ports; the first match decides. Last comes Lima's own: everything on loopback."),
  copyToHost: z.array(copyToHost).optional().describe("Files copied to the host when the instance is ready."),
  message: text.optional().describe("Shown after the first start; a Go template."),
  networks: z.array(network).optional().describe("Further network interfaces."),
  env: texts.optional().describe("Environment variables of the guest."),
  param: texts
    .optional()
    .describe("Values for scripts: `{{.Param.NAME}}` or `$PARAM_NAME`. Each must be used somewhere."),
  dns: z
    .array(text)
    .optional()
    .describe("IP addresses of name servers; needs `hostResolver.enabled: false`."),
  hostResolver: z
    .strictObject({
      enabled: flag.optional().describe("Default: true."),
      ipv6: flag.optional().describe("Default: false."),
      hosts: texts.optional().describe("Names or addresses by name."),
    })
    .optional()
    .describe("Name resolution by the host."),
  propagateProxyEnv: flag.optional().describe("Pass proxy variables into the guest. Default: true."),
  caCerts: z
    .strictObject({
      removeDefaults: flag.optional().describe("Default: false."),
      files: z.array(text).optional().describe("Certificate files on the host."),
      certs: z.array(text).optional().describe("Certificates as text."),
    })
    .optional()
    .describe("Certificate authorities that the guest trusts; through cloud-init only."),
  rosetta: rosetta.optional().describe("Deprecated: use `vmOpts.vz.rosetta`."),
  plain: flag
    .optional()
    .describe("No mounts, containerd, guest agent, nor port forwards that are not static. Default: false."),
  timezone: text.optional().describe("Default: the host's. \"\" leaves the image's."),
  nestedVirtualization: flag.optional().describe("Default: false."),
  user: user.optional().describe("User of the guest."),
  tpm: flag.optional().describe("QEMU only: a TPM. Since Lima 2.2. Default: false."),
  osOpts: operatingSystemOptions.optional().describe("Options of one guest system each. Since Lima 2.2."),
});

/** A template as typed data. */
export type TemplateValue = z.infer<typeof templateSchema>;

/** One entry of `images`. */
export type TemplateImage = NonNullable<TemplateValue["images"]>[number];

/** One entry of `mounts`. */
export type TemplateMount = NonNullable<TemplateValue["mounts"]>[number];
