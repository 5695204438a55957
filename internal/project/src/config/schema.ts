import * as z from "zod";

import { durationPattern } from "../duration.ts";

const text = z.string().min(1, "must not be empty");
const port = z.int().min(1).max(65_535);
const duration = z
  .string()
  .regex(
    new RegExp(`^(?=.)${durationPattern.source.slice(1)}`),
    "must be a duration such as 90s, 10m, 2h or 7d",
  );
const size = z.string().regex(/^\d+(?:\.\d+)?[KMGT]iB$/, "must be a size such as 512MiB or 4GiB");

const mount = z
  .strictObject({
    location: text.describe(
      "Folder on this machine; a relative path starts at this file, `~/` at your home.",
    ),
    mountPoint: z
      .string()
      .regex(/^\//, "must be absolute")
      .optional()
      .describe("Folder in the guest. Default: the path that it has on this machine."),
    writable: z.boolean().optional().describe("Whether the guest may write to it. Default: false."),
  })
  .describe("A folder of this machine in the guest.");

const portForward = z
  .strictObject({
    guest: port.describe("TCP port in the guest."),
    host: port.optional().describe("Port on 127.0.0.1 of this machine. Default: the same number."),
  })
  .describe("A port of the guest on this machine.");

const provision = z
  .strictObject({
    script: z
      .string()
      .regex(/^#!/, "must begin with #! and the program that reads it")
      .describe("The script, with its `#!` line."),
    as: z.enum(["root", "user"]).optional().describe("Who runs it. Default: root."),
  })
  .describe("A script that the guest runs at every boot, before the VM counts as ready.");

const timeout = { timeout: duration.optional().describe("How long it may take. Default: 2m.") };

const check = z
  .union([
    z.strictObject({
      command: z.array(text).min(1).describe("Ready when this command ends with 0."),
      ...timeout,
    }),
    z.strictObject({ unit: text.describe("Ready when this systemd unit is active."), ...timeout }),
    z.strictObject({
      port: port.describe("Ready when something listens on this TCP port of the guest."),
      ...timeout,
    }),
    z.strictObject({ file: text.describe("Ready when this path is there in the guest."), ...timeout }),
    z.strictObject({
      http: z
        .string()
        .regex(/^http:\/\//, "must begin with http://")
        .describe("Ready when a GET from within the guest is answered."),
      ...timeout,
    }),
  ])
  .describe("What must be seen in the guest before `up` says that the VM is ready.");

/** What a lima-cli.yaml says, and the user's own configuration file as well. This is the source of the JSON schema. */
export const configSchema = z.strictObject({
  image: text
    .optional()
    .describe(
      "What the VM boots: a flake installable such as `.#image`, the name of an image in the store, URL@sha256:HEX, or oci://REGISTRY/REPOSITORY:TAG. " +
        "Default: the flake's lima-minimal-image.",
    ),
  template: text
    .optional()
    .describe("Lima template, relative to this file. Default: the built-in one without its own mounts."),
  cpus: z.int().min(1).optional().describe("Number of processors. Default: that of the template."),
  memory: size.optional().describe("Such as 4GiB. Default: that of the template."),
  disk: size.optional().describe("Such as 20GiB; can grow, never shrink. Default: that of the template."),
  mounts: z
    .array(mount)
    .optional()
    .describe(
      "Folders beside that of the project, which is always mounted at the path that it has on this machine.",
    ),
  ports: z
    .array(portForward)
    .optional()
    .describe("Ports of the guest on this machine, beside those that the template forwards."),
  provision: z.array(provision).optional().describe("Scripts for the guest."),
  checks: z.array(check).optional().describe("What `up` waits for."),
  lifetime: z
    .strictObject({
      ttl: duration
        .optional()
        .describe(
          "After this time from its last start by `up`, `lima-cli sweep` deletes the VM. Default: it stays.",
        ),
      startTimeout: duration
        .optional()
        .describe("How long a start may take. Default: 10m, under emulation 20m."),
    })
    .optional()
    .describe("How long things last: 90s, 10m, 2h, 7d."),
});

/** One configuration file as data. */
export type Config = z.output<typeof configSchema>;
