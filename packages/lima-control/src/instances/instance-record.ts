import { z } from "zod";

/** An instance as limactl knows it. */
export interface InstanceRecord {
  name: string;
  /** "Running" says that its processes live, not that the guest is ready. "" when limactl could not tell. */
  status: "Running" | "Stopped" | "Broken" | "Uninitialized" | (string & {});
  /** Its directory in LIMA_HOME. */
  dir: string;
  vmType: string;
  /** As Lima names it: "x86_64", "aarch64". */
  arch: string;
  cpus: number;
  memoryBytes: number;
  diskBytes: number;
  /** Of a stopped instance: the port that it had. */
  sshLocalPort?: number;
  hostAgentPid?: number;
  driverPid?: number;
  limaVersion?: string;
  errors: string[];
  imageLocations: string[];
  /** Where the guest should see directories of the host. Empty for a plain instance, which mounts nothing. */
  mountPoints: string[];
  /** Names of the disks that it has besides its own. */
  additionalDisks: string[];
  /** The networks that it is in besides that of its user. */
  networks: string[];
  userName?: string;
  /** Home directory of the user in the guest. */
  userHome?: string;
  protected: boolean;
}

const optionalText = z.string().min(1).optional().catch(undefined);
const optionalNumber = z.int().positive().optional().catch(undefined);
const number = z.number().catch(0);
const text = z.string().catch("");

const configSchema = z.object({
  images: z
    .array(z.object({ location: text }))
    .optional()
    .catch(undefined),
  mounts: z
    .array(z.object({ location: text, mountPoint: optionalText }))
    .optional()
    .catch(undefined),
  additionalDisks: z
    .array(z.union([z.string(), z.object({ name: text }).transform(({ name }) => name)]))
    .optional()
    .catch(undefined),
  networks: z
    .array(z.object({ lima: text, socket: text, vzNAT: z.boolean().catch(false) }))
    .optional()
    .catch(undefined),
  user: z.object({ name: optionalText, home: optionalText }).optional().catch(undefined),
  plain: z.boolean().optional().catch(undefined),
});

// Only the name must be there: fields come and go between versions of Lima, and those of a broken instance are empty.
const instanceSchema = z.object({
  name: z.string().min(1),
  status: text,
  dir: text,
  vmType: text,
  arch: text,
  cpus: number,
  memory: number,
  disk: number,
  sshLocalPort: optionalNumber,
  hostAgentPID: optionalNumber,
  driverPID: optionalNumber,
  limaVersion: optionalText,
  errors: z.array(z.unknown()).catch([]),
  protected: z.boolean().catch(false),
  config: configSchema.catch({}),
});

/** Reads one object of `limactl list`; undefined when it is not an instance. */
export function parseInstance(value: unknown): InstanceRecord | undefined {
  const parsed = instanceSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { memory, disk, sshLocalPort, hostAgentPID, driverPID, limaVersion, errors, config, ...same } =
    parsed.data;
  const record: InstanceRecord = {
    ...same,
    memoryBytes: memory,
    diskBytes: disk,
    // limactl prints errors as empty objects.
    errors: errors.filter((error) => typeof error === "string"),
    imageLocations: (config.images ?? []).map((image) => image.location),
    mountPoints:
      config.plain === true ? [] : (config.mounts ?? []).map((mount) => mount.mountPoint ?? mount.location),
    additionalDisks: config.additionalDisks ?? [],
    networks: (config.networks ?? []).map(
      ({ lima, socket, vzNAT }) => lima || socket || (vzNAT ? "vzNAT" : "unnamed"),
    ),
  };
  if (sshLocalPort !== undefined) record.sshLocalPort = sshLocalPort;
  if (hostAgentPID !== undefined) record.hostAgentPid = hostAgentPID;
  if (driverPID !== undefined) record.driverPid = driverPID;
  if (limaVersion !== undefined) record.limaVersion = limaVersion;
  if (config.user?.name !== undefined) record.userName = config.user.name;
  if (config.user?.home !== undefined) record.userHome = config.user.home;
  return record;
}

/** What stands for an instance whose directory has no `lima.yaml`: limactl tells nothing of it, or fails. */
export function recordWithoutTemplate(name: string, dir: string): InstanceRecord {
  return {
    name,
    status: "Broken",
    dir,
    vmType: "",
    arch: "",
    cpus: 0,
    memoryBytes: 0,
    diskBytes: 0,
    errors: [`${dir} has no lima.yaml: its creation did not end, or is going on`],
    imageLocations: [],
    mountPoints: [],
    additionalDisks: [],
    networks: [],
    protected: false,
  };
}
