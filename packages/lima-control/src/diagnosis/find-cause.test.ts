import { expect, test } from "vitest";

import { readableLines } from "../starting/log-files.ts";
import { onlyLimactl, readHostAgentLog, type Evidence } from "./evidence.ts";
import { causeRules, findCause, findHopeless } from "./find-cause.ts";

const limactl = (text: string): Partial<Evidence> => ({ limactl: text });
const hostAgentLog = (...lines: object[]): Partial<Evidence> =>
  readHostAgentLog(lines.map((line) => JSON.stringify(line)).join("\n"));
const consoles = (text: string): Partial<Evidence> => ({ console: readableLines(text) });

/** The line with which Lima 2.2 tells that a check in the guest failed. */
const tried = (stderr: string) => ({
  level: "debug",
  msg: `stdout=\`\`, stderr=${JSON.stringify(stderr)}, err=failed to execute script "ssh": exit status 255`,
});

/** Where a case is from: a run here, or sources that are named. */
const ran = "a run of Lima 2.2.0";
const ranOld = "a run of Lima 1.2.2";
const sources = (where: string) => `the sources, ${where}`;

const cases: [code: string, from: string, evidence: Partial<Evidence>][] = [
  [
    "DISK_FULL",
    ran,
    limactl("failed to download `/i/image`: write /home/u/.lima/a/image: no space left on device"),
  ],
  [
    "DISK_FULL",
    ranOld,
    limactl('failed to download "/i/image": write /home/u/.lima/a/basedisk: no space left on device'),
  ],
  ["DISK_BELOW_IMAGE", ran, limactl("disk shrinking is not supported")],
  [
    "IMAGE_MISSING",
    ran,
    limactl(
      "failed to download `/nope.qcow2`: failed to open source /nope.qcow2: open /nope.qcow2: no such file or directory",
    ),
  ],
  [
    "IMAGE_UNREADABLE",
    ran,
    limactl("failed to download `/i/a`: failed to open source /i/a: open /i/a: permission denied"),
  ],
  [
    "IMAGE_DIGEST_WRONG",
    ran,
    limactl("failed to download `/etc/profile`: expected digest `sha256:00`, got `sha256:75656c`"),
  ],
  [
    "IMAGE_FOR_OTHER_ARCH",
    ran,
    limactl("[skipped to download: `/etc/profile`: unsupported arch: `aarch64`]"),
  ],
  [
    "IMAGE_WITH_BACKING_FILE",
    ran,
    limactl(
      "file `/l/x/image` is not acceptable as a disk image: base disk (`/l/x/image`) must not have a backing file (`/tmp/b.raw`)",
    ),
  ],
  [
    "IMAGE_WITH_BACKING_FILE",
    ranOld,
    limactl(
      'file "/l/x/basedisk" is not acceptable as the base disk: base disk ("/l/x/basedisk") must not have a backing file ("/tmp/b.raw")',
    ),
  ],
  [
    "IMAGE_DAMAGED",
    ran,
    limactl(
      "failed to get the information of `/l/x/image`: failed to run [qemu-img info --output=json --force-share /l/x/image]: stdout=``, stderr=\"qemu-img: Could not open '/l/x/image': Unsupported qcow2 version 9\\n\": exit status 1",
    ),
  ],
  ["IMAGE_DAMAGED", ran, limactl("failed to download `/tmp/bad.qcow2.gz`: exit status 1")],
  [
    "TOOL_MISSING",
    ran,
    limactl(
      'failed to get the information of `/l/x/image`: failed to run [qemu-img info --output=json --force-share /l/x/image]: stdout=``, stderr=``: exec: "qemu-img": executable file not found in $PATH',
    ),
  ],
  [
    "TOOL_MISSING",
    ran,
    limactl(
      'failed to run [ssh-keygen -t ed25519 -q -N  -C lima -f /l/_config/user]: ``: exec: "ssh-keygen": executable file not found in $PATH',
    ),
  ],
  [
    "TOOL_MISSING",
    ran,
    hostAgentLog({ level: "fatal", msg: 'exec: "qemu-nowhere": executable file not found in $PATH' }),
  ],
  [
    "DOWNLOAD_FAILED",
    ran,
    limactl(
      'failed to download `https://example.invalid/nerdctl.tgz`: Get "https://example.invalid/nerdctl.tgz": dial tcp: lookup example.invalid on 10.0.0.1:53: no such host',
    ),
  ],
  ["LIMA_TOO_OLD", ran, limactl("template requires Lima version `9.9.9`; this is only `2.2.0`")],
  ["VM_TYPE_UNKNOWN", ran, limactl("failed to create driver instance: unknown or unsupported VM type: vz")],
  [
    "VM_TYPE_UNKNOWN",
    ranOld,
    limactl(
      "vm driver 'vz' needs macOS 13 or later (Hint: try recompiling Lima if you are seeing this error on macOS 13)",
    ),
  ],
  ["NETWORK_UNUSABLE", ran, limactl("field `networks[0].lima` is only supported on macOS right now")],
  ["NETWORK_UNUSABLE", ran, limactl("network `nope` is not defined")],
  [
    "ADDITIONAL_DISK_MISSING",
    ran,
    hostAgentLog(
      {
        level: "error",
        msg: "could not load disk `nope`: `stat /l/_disks/nope/datadisk: no such file or directory`",
      },
      { level: "fatal", msg: "stat /l/_disks/nope/datadisk: no such file or directory" },
    ),
  ],
  [
    "ADDITIONAL_DISK_IN_USE",
    ran,
    hostAgentLog(
      { level: "error", msg: "could not attach disk `d1`: in use by instance `y`" },
      { level: "fatal", msg: "in use by instance `y`" },
    ),
  ],
  ["VIRTIOFSD_MISSING", ran, hostAgentLog({ level: "fatal", msg: "failed to locate virtiofsd" })],
  [
    "QEMU_TOO_OLD",
    ran,
    hostAgentLog({ level: "fatal", msg: "QEMU 3.1.0 is too old, 4.0.0 or later required" }),
  ],
  [
    "KVM_UNUSABLE",
    ran,
    hostAgentLog(
      {
        level: "debug",
        msg: "qemu[stderr]: qemu-system-x86_64: Could not access KVM kernel module: Permission denied",
      },
      {
        level: "debug",
        msg: "qemu[stderr]: qemu-system-x86_64: failed to initialize kvm: Permission denied",
      },
      { level: "info", msg: "Driver stopped due to error: `exit status 1`" },
    ),
  ],
  [
    "KVM_UNUSABLE",
    "our own proof",
    { qemu: ["/dev/kvm exists but may not be opened by this user (EACCES)"] },
  ],
  [
    "FIRMWARE_MISSING",
    ran,
    hostAgentLog({
      level: "fatal",
      msg: "could not find firmware for `x86_64` (hint: try setting `firmware.legacyBIOS` to `true`)",
    }),
  ],
  [
    "PORT_IN_USE",
    ran,
    hostAgentLog({
      level: "debug",
      msg: "qemu[stderr]: qemu-system-x86_64: -netdev user,id=net0,net=192.168.5.0/24,hostfwd=tcp:127.0.0.1:45999-:22: Could not set up host forwarding rule 'tcp:127.0.0.1:45999-:22'",
    }),
  ],
  [
    "MEMORY_SHORT",
    ran,
    hostAgentLog({
      level: "debug",
      msg: "qemu[stderr]: qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory",
    }),
  ],
  [
    "QEMU_REFUSES",
    ran,
    hostAgentLog({
      level: "debug",
      msg: "qemu[stderr]: qemu-system-x86_64: -device no-such-device: 'no-such-device' is not a valid device model name",
    }),
  ],
  ["QEMU_KILLED", ran, hostAgentLog({ level: "info", msg: "Driver stopped due to error: `signal: killed`" })],
  ["HOST_AGENT_KILLED", ran, limactl("host agent process has exited: signal: killed")],
  [
    "IMAGE_NOT_BOOTABLE",
    ran,
    consoles(
      '\u001b[2J\u001b[01;01H\u001b[=3h\u001b[2J\u001b[01;01HBdsDxe: failed to load Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x2,0x0): Not Found\r\nBdsDxe: loading Boot0003 "EFI Internal Shell" from Fv(7CB8)/FvFile(7C04)\r\nBdsDxe: starting Boot0003 "EFI Internal Shell" from Fv(7CB8)/FvFile(7C04)\r\n',
    ),
  ],
  [
    "IMAGE_NOT_BOOTABLE",
    ran,
    consoles(
      '\u001b[2J\u001b[01;01HBdsDxe: failed to load Boot0001 "UEFI QEMU QEMU CD-ROM " from PciRoot(0x0)/Pci(0x1,0x0)/Scsi(0x0,0x0): Not Found\r\nBdsDxe: failed to load Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x9,0x0): Not Found\r\n\r\n>>Start PXE over IPv4.',
    ),
  ],
  [
    "ROOT_NOT_FOUND",
    ran,
    consoles(
      "Gave up waiting for root file system device.  Common problems:\r\n - Boot args (cat /proc/cmdline)\r\n   - Check rootdelay= (did the system wait long enough?)\r\n - Missing modules (cat /proc/modules; ls /dev)\r\nALERT!  LABEL=no-such-root does not exist.  Dropping to a shell!\r\n(initramfs) ",
    ),
  ],
  [
    "ROOT_NOT_FOUND",
    sources("Linux v6.12 init/do_mounts.c"),
    consoles(
      'VFS: Cannot open root device "LABEL=root" or unknown-block(0,0): error -6\r\nKernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r\n',
    ),
  ],
  ["KERNEL_PANIC", ran, consoles("[   70.077360] Kernel panic - not syncing: sysrq triggered crash\r\n")],
  [
    "EMERGENCY_MODE",
    ran,
    consoles(
      "\r\nCannot open access to console, the root account is locked.\r\nSee sulogin(8) man page for more details.\r\n\r\nPress Enter to continue.\r\n",
    ),
  ],
  [
    "MOUNT_MISSING",
    ran,
    consoles(
      '[   89.724675] lima-guest: attach-mounts failed: "/home/dev/projects could not be mounted (9p, tag lima-092b2143bfeeb12b)"\r\n[   90.977859] lima-guest: FAILED: attach-mounts (see /run/lima/status.json and /var/log/cloud-init-output.log)\r\n',
    ),
  ],
  [
    "MOUNT_MISSING",
    "a run of Lima 2.2.0 with cloud-init in the guest",
    consoles(
      "[  101.117062] cloud-init[436]: 2026-11-27 14:20:49,860 - log_util.py[WARNING]: Running module mounts (<module 'cloudinit.config.cc_mounts' from '/usr/lib/python3/dist-packages/cloudinit/config/cc_mounts.py'>) failed\r\n",
    ),
  ],
  [
    "MOUNT_MISSING",
    sources("util-linux mount(8)"),
    consoles("mount: /home/dev/projects: unknown filesystem type '9p'.\r\n"),
  ],
  [
    "BASH_MISSING",
    "bash under another name, in a root without /bin/bash",
    hostAgentLog(tried("/bin/othershell: line 1: /bin/bash: No such file or directory\n")),
  ],
  [
    "BASH_MISSING",
    "dash, in a root without /bin/bash",
    hostAgentLog(tried("/bin/sh: 1: /bin/bash: not found\n")),
  ],
  ["LOGIN_REFUSED", ran, hostAgentLog(tried("dev@127.0.0.1: Permission denied (publickey).\r\n"))],
  [
    "SSH_NOT_RUNNING",
    ran,
    hostAgentLog(
      tried(
        "kex_exchange_identification: read: Connection reset by peer\r\nConnection reset by 127.0.0.1 port 33821\r\n",
      ),
    ),
  ],
  ["GUEST_NOT_SET_UP", ran, hostAgentLog(tried("+ cat /run/lima-ssh-ready\n+ [  = iid-1795788151 ]\n"))],
  [
    "GUEST_STEP_FAILED",
    "nix/guest/steps/signal-boot-done of this repository",
    consoles(
      "[   71.2] lima-guest: FAILED: provision-system (see /run/lima/status.json and /var/log/cloud-init-output.log)\r\n",
    ),
  ],
  [
    "GUEST_STEP_FAILED",
    ran,
    {
      guest: ["the guest's step provision-system failed: system script 00000000 ended with status 7"],
    },
  ],
  [
    "TEMPLATE_PROBE_FAILED",
    ran,
    limactl(
      'degraded, status={Running:true Degraded:true Exiting:false Errors:[failed to satisfy the optional requirement 1 of 1 `words are there`: see /etc/words: stdout=``, stderr=``: failed to execute script "words are there": stdout="", stderr="": exit status 1\nguest agent does not seem to be running; port forwards will not work] SSHLocalPort:44839 CloudInitProgress:<nil> PortForward:<nil> Vsock:<nil>}',
    ),
  ],
  [
    "GUEST_AGENT_NOT_RUNNING",
    ran,
    limactl(
      "degraded, status={Running:true Degraded:true Exiting:false Errors:[guest agent does not seem to be running; port forwards will not work] SSHLocalPort:33745 CloudInitProgress:<nil> PortForward:<nil> Vsock:<nil>}",
    ),
  ],
  [
    "GUEST_AGENT_NOT_INSTALLED",
    ran,
    limactl(
      "guest agent binary could not be found for Linux-x86_64: file does not exist (Hint: try installing `lima-additional-guestagents` package)",
    ),
  ],
  [
    "GUEST_AGENT_NOT_INSTALLED",
    ranOld,
    limactl(
      'failed to find "lima-guestagent.Linux-x86_64" binary for [/usr/bin/limactl], attempted [/usr/share/lima/lima-guestagent.Linux-x86_64]',
    ),
  ],
];

const nothing = onlyLimactl("");

test.each(cases)("%s is recognised, from %s", (code, _, evidence) => {
  const cause = findCause({ ...nothing, ...evidence });
  expect(cause).toMatchObject({ code, hint: expect.stringMatching(/\.$/) });
  expect(cause?.evidence).not.toBe("");
});

test("every cause has a case here, and no two have the same code", () => {
  const codes = causeRules.map((rule) => rule.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(cases.map(([code]) => code))).toEqual(new Set(codes));
});

test("what is not known has no cause", () => {
  expect(findCause(nothing)).toBeUndefined();
  expect(
    findCause({ ...nothing, limactl: "did not receive an event with the `running` status" }),
  ).toBeUndefined();
});

test("a firmware that finds the system at its second try did not find an image that cannot boot", () => {
  const console = readableLines(
    'BdsDxe: failed to load Boot0001 "UEFI QEMU QEMU CD-ROM ": Not Found\r\nBdsDxe: loading Boot0002 "UEFI Misc Device"\r\nBdsDxe: starting Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x9,0x0)\r\n',
  );
  expect(findCause({ ...nothing, console })).toBeUndefined();
});

test("of the host agent's log QEMU's lines, warnings and errors are looked at, and not what we asked for ourselves", () => {
  const log = [
    '{"level":"warning","msg":"Specifying args ([-machine q35,accel=tcg,vmport=off -cpu max]) via $QEMU_SYSTEM_X86_64 is supported only for debugging!"}',
    '{"level":"warning","msg":"Not adding QEMU argument `-cpu` `host`, as it conflicts with `-cpu` `max`"}',
    '{"level":"debug","msg":"QEMU version 10.0.13 detected"}',
    '{"level":"debug","msg":"qemu[stderr]: qemu-system-x86_64: boom"}',
    '{"level":"info","msg":"Driver stopped due to error: `exit status 1`"}',
    '{"error":"connection refused","level":"warning","msg":"failed to open the QMP socket"}',
    "panic: not JSON",
  ].join("\n");
  expect(readHostAgentLog(log)).toEqual({
    tries: [],
    qemu: ["qemu-system-x86_64: boom"],
    hostAgent: [
      "Driver stopped due to error: `exit status 1`",
      "failed to open the QMP socket: connection refused",
    ],
  });
});

test("a check that succeeds ends what was said of the tries before it", () => {
  const waiting = [tried("Permission denied (publickey).\r\n"), tried("+ cat /run/lima-ssh-ready\n")];
  const log = (...lines: object[]) => readHostAgentLog(lines.map((line) => JSON.stringify(line)).join("\n"));
  expect(log(...waiting).tries).toEqual(["Permission denied (publickey).", "+ cat /run/lima-ssh-ready"]);
  expect(
    log(...waiting, { level: "info", msg: "The essential requirement 1 of 3 is satisfied" }).tries,
  ).toEqual([]);
});

test("a kernel that panicked is not waited for, one whose sshd is not up yet is", () => {
  const panicked = { ...nothing, console: ["Kernel panic - not syncing: Attempted to kill init!"] };
  expect(findHopeless(panicked)).toMatchObject({ cause: { code: "KERNEL_PANIC" }, afterMs: 10_000 });
  expect(findHopeless({ ...nothing, tries: ["Connection reset by 127.0.0.1 port 1"] })).toBeUndefined();
});
