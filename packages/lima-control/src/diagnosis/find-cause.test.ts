import { expect, test } from "vitest";

import { readableLines } from "../starting/log-files.ts";
import { readHostAgentLog, type Evidence } from "./evidence.ts";
import { causeRules, findCause } from "./find-cause.ts";

const limactl = (text: string): Partial<Evidence> => ({ limactl: text });
const hostAgentLog = (...lines: object[]): Partial<Evidence> =>
  readHostAgentLog(lines.map((line) => JSON.stringify(line)).join("\n"));
const consoles = (text: string): Partial<Evidence> => ({ console: readableLines(text) });

// As Lima 2.2.0 and 1.2.2, QEMU 10.0 and OVMF wrote it, but for the two that say otherwise.
const cases: [code: string, evidence: Partial<Evidence>][] = [
  [
    "DISK_FULL",
    limactl("failed to download `/i/image`: write /home/u/.lima/a/image: no space left on device"),
  ],
  [
    "DISK_FULL",
    limactl('failed to download "/i/image": write /home/u/.lima/a/basedisk: no space left on device'),
  ],
  ["DISK_BELOW_IMAGE", limactl("disk shrinking is not supported")],
  [
    "IMAGE_MISSING",
    limactl(
      "failed to download `/nope.qcow2`: failed to open source /nope.qcow2: open /nope.qcow2: no such file or directory",
    ),
  ],
  [
    "DOWNLOAD_FAILED",
    limactl(
      'failed to download `https://example.org/nerdctl-full.tar.gz`: Get "https://example.org/nerdctl-full.tar.gz": dial tcp: lookup example.org: no such host',
    ),
  ],
  [
    "KVM_UNUSABLE",
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
  ["KVM_UNUSABLE", { qemu: ["/dev/kvm exists but may not be opened by this user (EACCES)"] }],
  [
    "FIRMWARE_MISSING",
    hostAgentLog({
      level: "fatal",
      msg: "could not find firmware for `x86_64` (hint: try setting `firmware.legacyBIOS` to `true`)",
    }),
  ],
  [
    "PORT_IN_USE",
    hostAgentLog({
      level: "debug",
      msg: "qemu[stderr]: qemu-system-x86_64: -netdev user,id=net0,net=192.168.5.0/24,hostfwd=tcp:127.0.0.1:45999-:22: Could not set up host forwarding rule 'tcp:127.0.0.1:45999-:22'",
    }),
  ],
  [
    "IMAGE_NOT_BOOTABLE",
    consoles(
      '\u001b[2J\u001b[01;01H\u001b[=3h\u001b[2J\u001b[01;01HBdsDxe: failed to load Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x2,0x0): Not Found\r\nBdsDxe: loading Boot0003 "EFI Internal Shell" from Fv(7CB8)/FvFile(7C04)\r\nBdsDxe: starting Boot0003 "EFI Internal Shell" from Fv(7CB8)/FvFile(7C04)\r\n',
    ),
  ],
  [
    "IMAGE_NOT_BOOTABLE",
    consoles(
      '\u001b[2J\u001b[01;01HBdsDxe: failed to load Boot0001 "UEFI QEMU QEMU CD-ROM " from PciRoot(0x0)/Pci(0x1,0x0)/Scsi(0x0,0x0): Not Found\r\nBdsDxe: failed to load Boot0002 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x9,0x0): Not Found\r\n\r\n>>Start PXE over IPv4.',
    ),
  ],
  // From the sources of mount(8), not from a run.
  ["MOUNT_MISSING", consoles("mount: /home/dev/projects: unknown filesystem type '9p'.\r\n")],
  // From the sources of OpenSSH, not from a run.
  ["LOGIN_REFUSED", hostAgentLog({ level: "error", msg: "dev@127.0.0.1: Permission denied (publickey)." })],
  [
    "GUEST_AGENT_ABSENT",
    limactl(
      "guest agent binary could not be found for Linux-x86_64: file does not exist: attempted [/usr/share/lima/lima-guestagent.Linux-x86_64.gz]",
    ),
  ],
  [
    "GUEST_AGENT_ABSENT",
    limactl(
      'failed to find "lima-guestagent.Linux-x86_64" binary for [/usr/bin/limactl], attempted [/usr/share/lima/lima-guestagent.Linux-x86_64]',
    ),
  ],
];

const nothing: Evidence = { limactl: "", requirement: undefined, qemu: [], hostAgent: [], console: [] };

test.each(cases)("%s is recognised", (code, evidence) => {
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
    qemu: ["qemu-system-x86_64: boom"],
    hostAgent: [
      "Driver stopped due to error: `exit status 1`",
      "failed to open the QMP socket: connection refused",
    ],
  });
});
