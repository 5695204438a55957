import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const payload = join(here, "../../nix/guest");
export const samples = join(here, "fixtures/cidata");
export const generations = ["1.2", "2.0", "2.1", "2.2"] as const;

export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * Programs that would change this machine stand aside: each writes its arguments to `calls`, one line a call. What a
 * step does with files, and to the user database, is the real thing below the made-up root.
 */
const standIns: Record<string, string> = {
  chown: "",
  mount: "",
  // Each disk gets its one partition when its table is written.
  sfdisk: ': >"${@: -1}1"',
  partx: "",
  udevadm: "",
  "mkfs.ext4": "",
  "mkfs.xfs": "",
  "mkfs.btrfs": "",
  mkswap: "",
  swapon: "",
  resize2fs: "",
  xfs_growfs: "",
  btrfs: "",
  // Refuses the mounts that it is told to; with a user's unit, the user manager comes up.
  systemctl: `case " $REFUSED_MOUNTS " in *" ${"${@: -1}"} "*) exit 1 ;; esac
case $2 in user@*)
  mkdir -p "$LIMA_GUEST_ROOT/run/user/$GUEST_UID/systemd" && : >"$LIMA_GUEST_ROOT/run/user/$GUEST_UID/systemd/private" ;;
esac`,
  // The jump is there once it was asked for.
  iptables: 'grep -qs -e "-I OUTPUT 1 -j LIMADNS" "$GUEST_CALLS"',
  "iptables-restore": 'cat >>"$GUEST_CALLS"',
  ip: "",
  "update-ca-certificates": "",
  // Only what --preserve-env names goes through, as with sudo.
  sudo: `names=; assignments=()
while [ $# -gt 0 ]; do
  case $1 in
    -iu) shift 2; continue ;;
    --preserve-env=*) names=\${1#*=}; shift; continue ;;
    *=*) assignments+=("$1"); shift; continue ;;
  esac
  break
done
IFS=, read -ra kept <<<"$names"
for name in "\${kept[@]}"; do assignments+=("$name=\${!name}"); done
exec env -i PATH="$PATH" "\${assignments[@]}" "$@"`,
  hwclock: "",
  date: 'case $1 in -s) ;; *) exec /bin/date "$@" ;; esac',
};

/** A made-up guest: a root folder with the few files that a boot finds, and a cidata disk of one of the samples. */
export class Guest {
  readonly root: string;
  private readonly tools: string;
  readonly uid: number;

  private constructor(root: string, tools: string) {
    this.root = root;
    this.tools = tools;
    // Files can be given to nobody else here, so the guest's user has the uid of whoever runs the test.
    this.uid = process.getuid?.() ?? 1234;
  }

  static async make(generation: string, template: string): Promise<Guest> {
    const folder = await mkdtemp(join(tmpdir(), "lima-guest-"));
    const guest = new Guest(join(folder, "root"), join(folder, "tools"));
    const files: Record<string, string> = {
      "etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
      "etc/group": "root:x:0:\nsystemd-journal:x:190:\n",
      "etc/shadow": "root:*:1::::::\n",
      "etc/gshadow": "root:*::\nsystemd-journal:!*::\n",
      "etc/login.defs": "",
      "etc/hosts": "127.0.0.1 localhost\n",
      "etc/resolv.conf": "nameserver 127.0.0.53\n",
      "proc/net/route": "Iface Destination\neth0 00000000 0205A8C0\n",
      "proc/uptime": "5.00 9.00\n",
      "proc/sys/kernel/hostname": "",
      "dev/kmsg": "",
      "bin/bash": "",
      "bin/zsh": "",
      "usr/share/zoneinfo/Europe/Berlin": "",
      "usr/share/zoneinfo/Etc/UTC": "",
    };
    for (const [path, text] of Object.entries(files)) await guest.write(path, text);
    await chmod(join(guest.root, "bin/bash"), 0o755);
    await chmod(join(guest.root, "bin/zsh"), 0o755);
    for (const path of ["var/lib", "var/log", "tmp", "home"])
      await mkdir(join(guest.root, path), { recursive: true });
    await mkdir(guest.tools, { recursive: true });
    for (const [name, body] of Object.entries(standIns)) {
      const text = `#!/bin/bash\nprintf '%s' ${name} >>"$GUEST_CALLS"\nprintf ' %q' "$@" >>"$GUEST_CALLS"\necho >>"$GUEST_CALLS"\n${body}\n`;
      await writeFile(join(guest.tools, name), text, { mode: 0o755 });
    }
    await guest.insert(generation, template);
    return guest;
  }

  /** The cidata disk of another start. */
  async insert(generation: string, template: string): Promise<void> {
    await rm(join(this.root, "mnt/lima-cidata"), { recursive: true, force: true });
    await cp(join(samples, generation, template), join(this.root, "mnt/lima-cidata"), { recursive: true });
    for (const mode of ["dependency", "system", "user"]) {
      const folder = join(this.root, "mnt/lima-cidata", `provision.${mode}`);
      for (const name of await readdir(folder).catch(() => [])) await chmod(join(folder, name), 0o755);
    }
    await this.edit("mnt/lima-cidata/lima.env", (text) => text.replace(/(CIDATA_UID)=.*/, `$1=${this.uid}`));
  }

  async edit(path: string, change: (text: string) => string): Promise<void> {
    const before = await this.read(path);
    const after = change(before);
    await this.write(path, after);
  }

  async write(path: string, text: string, mode = 0o644): Promise<void> {
    const target = join(this.root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { mode });
  }

  read(path: string): Promise<string> {
    return readFile(join(this.root, path), "utf8");
  }

  async mode(path: string): Promise<string> {
    return ((await stat(join(this.root, path))).mode & 0o7777).toString(8);
  }

  async has(path: string): Promise<boolean> {
    return stat(join(this.root, path)).then(
      () => true,
      () => false,
    );
  }

  /** Starts one program of the payload, as a unit or a person would. */
  start(program: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(
        join(payload, program),
        args,
        {
          env: {
            PATH: `${this.tools}:/usr/bin:/bin:/usr/sbin:/sbin`,
            LIMA_GUEST_ROOT: this.root,
            LIMA_GUEST_CIDATA_SECONDS: "0",
            LIMA_GUEST_AGENT_SECONDS: "0",
            GUEST_CALLS: join(this.root, "../calls"),
            GUEST_UID: String(this.uid),
            ...env,
          },
        },
        (error, stdout, stderr) => {
          const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
          resolve({ exitCode, output: stdout + stderr });
        },
      );
    });
  }

  step(name: string, env: Record<string, string> = {}): Promise<Outcome> {
    return this.start(`steps/${name}`, [], env);
  }

  /** Every unit's steps, in the order in which systemd would come to them. */
  async boot(env: Record<string, string> = {}): Promise<void> {
    await rm(join(this.root, "run"), { recursive: true, force: true });
    for (const unit of await bootOrder()) await this.start("run-steps", unit.steps, env);
  }

  async calls(program: string): Promise<string[]> {
    const text = await readFile(join(this.root, "../calls"), "utf8").catch(() => "");
    return text.split("\n").filter((line) => line.startsWith(`${program} `));
  }

  /** What each call of a program that keeps its standard input was given, line by line. */
  async input(program: string): Promise<string[][]> {
    const lines = (await readFile(join(this.root, "../calls"), "utf8")).trimEnd().split("\n");
    const starts = lines.flatMap((line, index) => (line.startsWith(`${program} `) ? [index] : []));
    return starts.map((start) => {
      const end = lines.findIndex((line, index) => index > start && line === "COMMIT");
      return lines.slice(start + 1, end + 1);
    });
  }

  async status(): Promise<Status> {
    return JSON.parse(await this.read("run/lima/status.json")) as Status;
  }

  async remove(): Promise<void> {
    await rm(dirname(this.root), { recursive: true, force: true });
  }
}

export interface Status {
  readonly version: number;
  readonly instanceId: string;
  readonly finished: boolean;
  readonly ok: boolean;
  readonly steps: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly exitCode: number;
    readonly seconds: number;
    readonly messages: readonly string[];
  }[];
}

export interface Unit {
  readonly name: string;
  readonly text: string;
  readonly steps: readonly string[];
  readonly after: readonly string[];
}

export async function readUnits(): Promise<Unit[]> {
  const folder = join(payload, "units");
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      const settings = (key: string) =>
        text
          .split("\n")
          .filter((line) => line.startsWith(`${key}=`))
          .flatMap((line) => line.slice(key.length + 1).split(" "));
      const [program, ...steps] = settings("ExecStart");
      return {
        name,
        text,
        steps: program === "@libexec@/run-steps" ? steps : [],
        after: settings("After"),
      };
    }),
  );
}

/** The units with steps, each behind those that it names in After= or that name it in Before=. */
async function bootOrder(): Promise<Unit[]> {
  const units = await readUnits();
  const done: Unit[] = [];
  const visit = (unit: Unit) => {
    if (done.includes(unit)) return;
    for (const other of units) if (unit.after.includes(other.name)) visit(other);
    done.push(unit);
  };
  units.forEach(visit);
  return done.filter((unit) => unit.steps.length > 0);
}
