import { posix } from "node:path";
import type { Finding, FindingCode, TemplateReading, TemplateValue } from "../src/index.ts";
import { usesContainerd } from "../src/rules/containerd-on.ts";
import type { Verdict } from "./limactls.ts";

/** A release of Lima that we compare with. */
export type Release = "1.2" | "2.2";

interface Reason {
  /** What it is about, for the README. */
  what: string;
  because: string;
  /** The release that it is about. Default: both. */
  only?: Release;
}

/** Something that we call an error and limactl accepts. */
export interface WeRefuse extends Reason {
  code: FindingCode;
  /** Findings at other paths are not meant. */
  at?: RegExp;
  /** Nor are those of templates, or with messages, of which this is not true. */
  when?: (template: TemplateValue, finding: Finding) => boolean;
}

/** Something that limactl refuses and we accept, by its message. */
export interface LimactlRefuses extends Reason {
  message: RegExp;
}

const asksDriver = "`limactl validate` does not ask the driver; creating or starting the instance fails";
const unread = "`limactl validate` does not look at it; it fails, or is ignored, when it is used";
const onlyInUse = "`limactl validate` looks at it only when it is in use";
const noRoot = "no guest sets up root as an ordinary user";

/** Rows for several codes that have one reason. */
const each = (codes: readonly FindingCode[], row: Omit<WeRefuse, "code">): WeRefuse[] =>
  codes.map((code) => ({ ...row, code }));

/** limactl reads any scalar as text, but neither lists nor mappings. */
const isScalar: NonNullable<WeRefuse["when"]> = (_template, { message }) =>
  !/is a (list|mapping)$/.test(message);

const shape = ["WRONG_TYPE", "BAD_VALUE", "MISSING_KEY"] as const;

/** What we call an error and `limactl validate` accepts, on purpose. */
export const weRefuse: readonly WeRefuse[] = [
  {
    what: "a key that Lima does not know",
    code: "UNKNOWN_KEY",
    because: "limactl at most logs it, and the setting has no effect",
  },
  {
    what: "a fraction where a whole number is asked for",
    code: "WRONG_TYPE",
    when: (_template, { message }) => /whole number, is (the text )?`-?\d+\.\d+`/.test(message),
    because: "limactl cuts it off",
  },
  {
    what: "an empty range of ports",
    code: "BAD_VALUE",
    when: (_template, { path, message }) => /PortRange$/.test(path) && message.endsWith("has 0"),
    because: "limactl reads it as all ports",
  },
  {
    what: "a second YAML document",
    code: "YAML_MULTIPLE_DOCUMENTS",
    because: "limactl reads the first document and drops the rest",
  },
  {
    what: "a tab within text that has no quotes",
    code: "YAML_TAB_LOST",
    because: "limactl drops the tab",
  },
  {
    what: "a line break that is neither `\\n` nor `\\r\\n`",
    code: "YAML_CHARACTER",
    // Within quotes, and of one kind in a comment.
    when: (_template, { message, sourceLine }) =>
      message.includes("is a line break for") && /['"].*[\x85\u2028\u2029\r]|#.*\r/.test(sourceLine),
    because: "limactl's two YAML readers do not agree on what breaks a line",
  },
  {
    what: "an anchor without a value",
    code: "YAML_SYNTAX",
    when: (_template, { message, sourceLine }) =>
      /^anchor &\S+ has no value$/.test(message) && sourceLine.startsWith(" "),
    because: "what follows it decides whether limactl reads it",
  },
  {
    what: "values nested in more than 200 others",
    code: "YAML_SYNTAX",
    when: (_template, { message }) => message.startsWith("values are nested"),
    because: "no template needs it, and what is nested much deeper cannot be rendered",
  },
  ...each(["BAD_COUNT"], { what: "negative numbers of processors and queues", because: asksDriver }),
  ...each([...shape, "BAD_MINIMUM_VERSION"], {
    what: "options of drivers and guest systems",
    at: /^(vmOpts|osOpts)\./,
    because: unread,
  }),
  ...each(["WRONG_TYPE", "BAD_VALUE"], {
    what: "words that `sshfs` and `9p` do not know",
    at: /^mounts\[\d+\]\.(9p|sshfs)\.\w+$/,
    when: (template, finding) => finding.message.startsWith("must be one of") && isScalar(template, finding),
    because: asksDriver,
  }),
  ...each(["WRONG_TYPE", "BAD_VALUE"], {
    what: "unknown types in `mountTypesUnsupported`",
    at: /^mountTypesUnsupported\[/,
    because: "limactl excludes nothing for them",
  }),
  ...each([...shape, "BAD_DIGEST"], {
    what: "faulty firmware images",
    at: /^firmware\.images\[\d+\]\.\w+$/,
    when: isScalar,
    because: unread,
  }),
  ...each([...shape, "BAD_DIGEST", "BAD_LOCATION"], {
    what: "faulty archives of containerd that is off",
    at: /^containerd\.archives\[\d+\]\.\w+$/,
    when: (template, finding) =>
      (template.plain === true || (!usesContainerd(template) && template.containerd?.system !== true)) &&
      isScalar(template, finding),
    because: onlyInUse,
  }),
  ...each(
    [
      ...([...shape, "BAD_SIZE", "BAD_PORT"] as const),
      ...([
        "MOUNT_LOCATION_RELATIVE",
        "MOUNT_POINT_FORBIDDEN",
        "PORT_FORWARD_SHAPE",
        "HOST_SOCKET_LENGTH",
      ] as const),
      "PARAM_UNDEFINED",
    ],
    {
      what: "faulty mounts and port forwards that `plain: true` leaves out",
      at: /^(mounts|portForwards)\[/,
      // Of the wrong types it reads a number where a word is asked for.
      when: (template, finding) =>
        template.plain === true &&
        (finding.code !== "WRONG_TYPE" ||
          (finding.message.startsWith("must be one of") && isScalar(template, finding))),
      because: onlyInUse,
    },
  ),
  { what: "a mount type that the driver cannot do", code: "MOUNT_TYPE_UNSUPPORTED", because: asksDriver },
  { what: "firmware for vz", code: "FIRMWARE_UNSUPPORTED", because: asksDriver },
  { what: "an architecture that vz cannot run", code: "DRIVER_ARCH", because: asksDriver },
  { what: "a disk image for WSL2", code: "WSL2_IMAGE", because: asksDriver },
  {
    what: "a TPM under vz or WSL2",
    code: "TPM_UNSUPPORTED",
    when: ({ arch }) => arch !== "s390x" && arch !== "ppc64le",
    because: asksDriver,
  },
  {
    what: "no image for the architecture",
    code: "IMAGE_ARCH_MISSING",
    because: "limactl says so only when it creates the instance",
  },
  {
    what: "the digest of a script that Lima reads from a file",
    code: "DIGEST_NOT_IMPLEMENTED",
    at: /^provision\[\d+\]\.file\./,
    because: "limactl reads the file and compares nothing",
  },
  {
    what: "a relative mount point",
    code: "MOUNT_POINT_FORBIDDEN",
    when: (_template, { message }) => message.endsWith("must be an absolute path in the guest"),
    because: "nothing is mounted there in the guest",
  },
  {
    what: "a parameter that is not defined, at the start of a mount point",
    code: "PARAM_UNDEFINED",
    at: /^mounts\[\d+\]\.mountPoint$/,
    because: "nothing is mounted there in the guest",
  },
  {
    what: "a system path as mount point, not written in its shortest form",
    code: "MOUNT_POINT_FORBIDDEN",
    when: (_template, { message, sourceLine }) => {
      const [, point = ""] = /^`(.*)` is a system path/.exec(message) ?? [];
      return point !== "" && !new RegExp(`(^|["'\\s])${point}(["'\\s,}]|$)`).test(sourceLine);
    },
    because: "limactl compares the text; the mount covers the path all the same",
  },
  {
    what: "the user's home as mount point, not written in its shortest form",
    code: "MOUNT_POINT_FORBIDDEN",
    when: ({ mounts = [] }, { message, path }) => {
      const point = mounts[Number(/\d+/.exec(path))]?.mountPoint ?? "";
      return message === "is the guest user's home itself" && posix.join(point, "/") !== `${point}/`;
    },
    because: "limactl compares the text; the mount covers the home all the same",
  },
  {
    what: "two mounts of one mount point",
    code: "MOUNT_POINT_DUPLICATE",
    because: "limactl merges the two and drops the second location",
  },
  {
    what: "keys of mode data in mode yq and the other way round",
    code: "PROVISION_SHAPE",
    when: (_template, { message }) => /here it is (data|yq)$/.test(message),
    because: "limactl ignores them",
  },
  {
    what: "permissions with a sign",
    code: "PROVISION_SHAPE",
    when: (_template, { message }) => /^`[+-][0-7]+` is not an octal number$/.test(message),
    because: "limactl reads a number; chmod in the guest takes it for something else",
  },
  {
    what: "a file of nothing but empty lines, in mode data",
    code: "SCRIPT_FILE_EMPTY_LINE",
    when: ({ provision = [] }, { path }) => provision[Number(/\d+/.exec(path))]?.mode === "data",
    because: "limactl embeds none of it",
  },
  { what: "root as the user", code: "USER_REFUSED", at: /^user\.name$/, because: noRoot },
  { what: "0 as the user's number", code: "USER_REFUSED", at: /^user\.uid$/, because: noRoot },
  {
    what: "a MAC address with dots",
    code: "NETWORK_SHAPE",
    at: /^networks\[\d+\]\.macAddress$/,
    when: ({ networks = [] }, { path }) =>
      /^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(networks[Number(/\d+/.exec(path))]?.macAddress ?? ""),
    because: "limactl reads it, QEMU does not",
  },
  {
    what: "a message that Go's templates cannot read",
    code: "TEMPLATE_SYNTAX",
    because: "limactl creates the instance, and then calls it broken",
  },
  {
    what: "an empty rule of ports, copy or firmware image",
    code: "WRONG_TYPE",
    at: /^(portForwards|copyToHost|firmware\.images)\[\d+\]$/,
    when: (_template, { message }) => message.endsWith("is empty"),
    because: "limactl takes it for one that says nothing",
  },
  {
    what: "an empty name server",
    code: "BAD_ADDRESS",
    at: /^dns\[/,
    when: (_template, { message }) => message.startsWith("`` "),
    because: "limactl takes it for an address, of no bytes",
  },
  // Lima 1.2
  {
    what: "a key of a newer Lima",
    code: "KEY_NEEDS_NEWER_LIMA",
    only: "1.2",
    because: "Lima 1.2 ignores it",
  },
  {
    what: "a TPM on an architecture that has none",
    code: "TPM_UNSUPPORTED",
    only: "1.2",
    because: "Lima 1.2 does not know the key and ignores it",
  },
  {
    what: "a relative mount location",
    code: "MOUNT_LOCATION_RELATIVE",
    only: "1.2",
    because: "Lima 1.2 takes it relative to its working directory",
  },
  {
    what: "an empty entry of a list",
    code: "WRONG_TYPE",
    when: (_template, { message }) => message.endsWith("is empty"),
    only: "1.2",
    because: "Lima 1.2 makes a mount of its working directory of it",
  },
  {
    what: "`vmType: default`",
    code: "BAD_VALUE",
    at: /^vmType$/,
    only: "1.2",
    because: "Lima 2.2 refuses it; without the key it is the same in both",
  },
  ...each(["BAD_VALUE", "SUDO_NEEDS_PLAIN"], {
    what: "values that Lima 1.2 does not look at",
    at: /^(audio\.interface|user\.passwordlessSudo)$/,
    only: "1.2",
    because: "Lima 1.2 does not know the key and ignores it",
  }),
  {
    what: "a script that begins with an empty line",
    code: "SCRIPT_FILE_EMPTY_LINE",
    only: "1.2",
    because: "Lima 2 cannot embed it",
  },
  {
    what: "a shell that is not absolute",
    code: "USER_REFUSED",
    at: /^user\.shell$/,
    only: "1.2",
    because: "Lima 1.2 does not look, and the login fails",
  },
];

/** What `limactl validate` refuses and we accept, on purpose: it looks at the machine that it runs on, and we do not. */
export const limactlRefuses: readonly LimactlRefuses[] = [
  {
    what: "a network that networks.yaml does not have, or that only works on macOS",
    message: /network .{0,300} is not defined|is only supported on macOS/,
    because: "the networks are those of the host",
  },
  {
    what: "a mount location that is no directory",
    message: /refers to a (non-directory|inaccessible) path/,
    because: "the file is on the host",
  },
  {
    what: "a kernel or initrd of another architecture than the host, of an image for any",
    message: /\.(kernel|initrd) has unexpected architecture/,
    because: "an image without `arch` is for that of the host",
  },
  {
    what: "a relative host socket whose name is too long in the folder of the instance",
    message: /hostSocket` must be less than UNIX_PATH_MAX/,
    because: "the folder is on the host",
  },
  {
    what: "a network socket or a playbook that is something else",
    message:
      /points to a non-socket file|playbook` refers to an inaccessible path|open .*: no such file|read .*: is a directory/,
    because: "the file is on the host",
  },
  {
    what: "`vmType: krunkit` where that driver is not installed",
    message: /krunkit/,
    because: "the driver is a program on the host",
  },
  {
    what: "a `base` or `file` that cannot be fetched",
    message: /connection refused|unsupported protocol scheme/,
    because: "we leave it for limactl to fetch, with a warning",
  },
  {
    what: "a template whose own file name is no name for an instance",
    message: /filename .{0,300} is invalid/,
    because: "limactl creates the instance when `--name` is given; without, we warn",
  },
];

/**
 * Why the two verdicts on a document do not agree; undefined when they do, or differ on purpose. `template` is the
 * document as data, whatever its shape.
 */
export function disagreement(
  reading: TemplateReading,
  template: TemplateValue,
  limactl: Verdict,
  release: Release,
): string | undefined {
  const errors = reading.findings.filter((finding) => finding.severity === "error");
  const unexplained = errors.filter((finding) => differenceFor(finding, template, release) === undefined);
  if (limactl.ok) {
    if (unexplained.length === 0) return undefined;
    return `only we refuse: ${unexplained.map(({ code, path, message }) => `${code} ${path}: ${message}`).join(" | ")}`;
  }
  if (unexplained.length > 0) return undefined;
  if (limactlRefuses.some(({ message }) => message.test(limactl.output))) return undefined;
  // A value of the wrong shape is not looked at any further, so limactl may find more around it.
  const around = errors.map(({ path }) => /^\w+/.exec(path)?.[0] ?? "");
  if (around.some((key) => key !== "" && limactl.output.includes(key))) return undefined;
  return `only limactl refuses: ${limactl.output}`;
}

/** The row that says why limactl accepts what a finding is about. */
export function differenceFor(
  finding: Finding,
  template: TemplateValue,
  release: Release,
): WeRefuse | undefined {
  return weRefuse.find(
    ({ code, at, when, only }) =>
      code === finding.code &&
      (at === undefined || at.test(finding.path)) &&
      (when === undefined || when(template, finding)) &&
      (only === undefined || only === release),
  );
}
