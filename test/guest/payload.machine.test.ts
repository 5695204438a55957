import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { RunningVm } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";
import { selfSigned } from "./self-signed.ts";
import { failedSteps, Host, limactls, statusOf } from "./vm.ts";

// The rows of what a Lima guest must do, in real VMs. One VM is started three times over: fresh, with much changed, and
// with a full disk and a wrong clock. What cannot be seen here: vz (virtiofs, vsock, Rosetta), and what only NixOS has.

/** The guest's user has the uid of the host's, as Lima does it. */
const uid = process.getuid!();
const awkward = `it's "two"\nlines`;

describe.each(limactls)("with %s", (limactl) => {
  let host: Host;
  let version: string;

  beforeAll(async () => {
    host = await Host.make(limactl);
    version = await host.version();
  });
  afterAll(() => host.remove());

  describe("the first boot", () => {
    let vm: RunningVm;
    let certificate: string;

    beforeAll(async () => {
      await host.run("disk", "create", "data", "--size", "1GiB");
      certificate = await selfSigned(host.folder);
      await writeFile(join(host.folder, "home/.ssh/id_test.pub"), "ssh-ed25519 AAAA made up\n");
      vm = await host.launch("vm", {
        user: { name: "dev", comment: "Devi Ünal", home: "/home/dev", shell: "/usr/bin/zsh" },
        mounts: [
          mount(join(host.folder, "home/projects"), "/home/dev/projects", { writable: true }),
          mount(join(host.folder, "home/.ssh"), "/home/dev/.ssh"),
        ],
        env: { GREETING: "hello 'you' there", HASHED: "a # b" },
        param: { CITY: "München am See" },
        caCerts: { certs: [certificate] },
        hostResolver: { hosts: { "made.up": "192.0.2.7" } },
        additionalDisks: [{ name: "data" }],
        provision: [
          says("boot", "boot"),
          ...(version === "1.2" ? [] : [says("dependency", "dependency")]),
          { mode: "data", path: "/etc/sample.conf", content: "city={{.Param.CITY}}\n", permissions: "640" },
          says("system", "system $PARAM_CITY $GREETING $(ls /home/dev/projects)"),
          says("user", "user $PARAM_CITY $(id -un) $XDG_RUNTIME_DIR $(systemctl --user is-system-running)"),
        ],
      });
    });

    const inGuest = async (command: string, user?: "root") =>
      (await vm.exec(["sh", "-c", command], { user })).stdout.trimEnd();

    test("ends ready, with no warning and nothing failed", async () => {
      expect(vm.readiness).toEqual({ state: "ready", reasons: [] });
      expect(host.complaints()).toEqual([]);
      expect(await statusOf(vm)).toMatchObject({ version: 1, finished: true, ok: true });
      expect(await inGuest("systemctl is-system-running")).toBe("running");
      expect(await inGuest("grep -c 'lima-guest: OK' /var/log/cloud-init-output.log", "root")).toBe("1");
      expect(await host.console("vm")).not.toMatch(/lima-guest: .*failed/);
    });

    test("runs no cloud-init", async () => {
      expect(await inGuest("systemctl list-units --all --plain --no-legend 'cloud-*'")).toBe("");
      expect(await inGuest("ls -d /run/cloud-init 2>&1 || true")).toMatch(/No such file/);
    });

    test("mounts the cidata disk for root alone", async () => {
      expect(await inGuest("stat -c '%a %U' /mnt/lima-cidata")).toBe("700 root");
    });

    test("makes the user as lima.yaml describes it, with a home that is its own", async () => {
      expect(await inGuest("getent passwd dev")).toMatch(
        new RegExp(`^dev:x:${uid}:\\d+:Devi Ünal:/home/dev:/usr/bin/zsh$`),
      );
      expect(await inGuest("stat -c '%U %G' /home/dev /home/dev/..")).toBe("dev dev\nroot root");
      expect(await inGuest("touch /home/dev/mine && stat -c %U /home/dev/mine")).toBe("dev");
      expect(await host.shell(vm, "whoami")).toBe("dev");
    });

    test("opens a shell that asks no questions", async () => {
      const session = await runProcess({
        file: limactl,
        args: ["--tty=false", "shell", "vm"],
        env: host.environment,
        input: "echo in $0\n",
        timeoutMs: 60_000,
      });
      expect(session.stdout).toMatch(/in .*zsh/);
      expect(session.stdout).not.toMatch(/zsh-newuser-install|configuration function for new users/);
    });

    test("lets the user become root without a password, by a rule in /run", async () => {
      expect(await inGuest("sudo -n id -un")).toBe("root");
      expect(await inGuest("stat -c '%a %U' /run/lima/sudoers.d/lima", "root")).toBe("440 root");
    });

    test("takes the login keys from /run, though the host's ~/.ssh is mounted over the guest's", async () => {
      expect(await inGuest("ls /home/dev/.ssh")).toBe("id_test.pub");
      expect(await inGuest("touch /home/dev/.ssh/x 2>&1 || true")).toMatch(/Read-only file system/);
      expect(await inGuest("stat -c '%a %U' /run/lima/authorized_keys.d/dev")).toBe("644 root");
    });

    test("mounts what lima.yaml names as units, not in /etc/fstab, and files go both ways", async () => {
      expect(await inGuest("systemctl is-active home-dev-projects.mount")).toBe("active");
      expect(await inGuest("grep -c projects /etc/fstab || true")).toBe("0");
      await vm.exec(
        ["sh", "-c", "cat projects/from-host && echo written in the guest >projects/from-guest"],
        {
          cwd: "/home/dev",
        },
      );
      expect(await readFile(join(host.folder, "home/projects/from-guest"), "utf8")).toBe(
        "written in the guest\n",
      );
    });

    test("provisions in Lima's order, with mounts, environment and parameters there", async () => {
      const log = await inGuest("grep '^said: ' /var/log/cloud-init-output.log", "root");
      expect(log.split("\n")).toEqual([
        "said: boot",
        ...(version === "1.2" ? [] : ["said: dependency"]),
        "said: system München am See hello 'you' there from-host",
        expect.stringMatching(
          new RegExp(`^said: user München am See dev /run/user/${uid} (running|starting)$`),
        ),
      ]);
      expect(await inGuest("cat /etc/sample.conf && stat -c %a /etc/sample.conf", "root")).toBe(
        "city=München am See\n640",
      );
    });

    test("gives env and param to sessions, to sudo and to the user's units", async () => {
      const asked = ["sh", "-c", 'echo "$GREETING/$HASHED/$PARAM_CITY"'];
      expect(await host.shell(vm, ...asked)).toBe("hello 'you' there/a # b/München am See");
      expect(await inGuest("sudo sh -c 'echo $PARAM_CITY'")).toBe("München am See");
      expect(await inGuest("systemctl --user show-environment")).toMatch(/^GREETING=.*hello .*you.* there/m);
    });

    test("has the instance's name, and knows its host and the hosts of lima.yaml", async () => {
      expect(await inGuest("hostname")).toBe("lima-vm");
      expect(await inGuest("getent hosts lima-vm | wc -l")).not.toBe("0");
      expect(await inGuest("getent ahostsv4 host.lima.internal | head -n 1")).toMatch(/^192\.168\.5\.2 /);
      expect(await inGuest("getent ahostsv4 made.up | head -n 1")).toMatch(/^192\.0\.2\.7 /);
    });

    test("trusts the certificates of lima.yaml", async () => {
      const found = await inGuest("cat /etc/ssl/certs/ca-certificates.crt");
      expect(found).toContain(new X509Certificate(certificate).toString().trim());
    });

    test("has the host's time zone and time", async () => {
      const zone = await inGuest("sed -n 's/^timezone: //p' /mnt/lima-cidata/user-data", "root");
      expect(await inGuest("readlink /etc/localtime")).toBe(`/usr/share/zoneinfo/${zone}`);
      expect(Math.abs(Number(await inGuest("date +%s")) - Date.now() / 1000)).toBeLessThan(10);
    });

    test("formats an additional disk that is blank and mounts it", async () => {
      expect(await inGuest("findmnt --noheadings --output FSTYPE,LABEL /mnt/lima-data")).toMatch(
        /^ext4 +lima-data$/,
      );
      await inGuest("echo kept >/mnt/lima-data/file", "root");
    });

    test("grows the root file system to the disk that lima.yaml asks for", async () => {
      expect(Number(await inGuest("df --output=size --block-size=1G / | tail -n 1"))).toBeGreaterThanOrEqual(
        19,
      );
    });

    test("runs the host's own guest agent, which forwards a port that is opened in the guest", async () => {
      expect(await inGuest("systemctl show --property MainPID --value lima-guest-agent.service")).not.toBe(
        "0",
      );
      await inGuest("systemd-run --quiet --unit serve python3 -m http.server 18080", "root");
      expect(await answers(18080)).toBe(true);
    });

    test("starts the guest agent again when it crashes, and forwards go on", async () => {
      await inGuest(
        "systemctl kill --signal=KILL lima-guest-agent.service && systemctl stop serve.service",
        "root",
      );
      await inGuest("systemd-run --quiet --unit serve2 python3 -m http.server 18081", "root");
      expect(await answers(18081)).toBe(true);
      expect(await inGuest("systemctl show --property NRestarts --value lima-guest-agent.service")).toBe("1");
      expect(await inGuest("systemctl is-active lima-guest-agent.service")).toBe("active");
    });

    test("prepares rootless containers: sub-ids, linger, cgroups, ping and low ports", async () => {
      expect(await inGuest("grep ^dev: /etc/subuid /etc/subgid")).toMatch(
        /^\/etc\/subuid:dev:\d+:\d{5,}\n\/etc\/subgid:dev:\d+:\d{5,}$/,
      );
      expect(await inGuest("loginctl show-user dev --property Linger --value")).toBe("yes");
      expect(await inGuest(`systemctl show user@${uid}.service --property Delegate --value`)).toBe("yes");
      expect(await inGuest("cat /proc/sys/net/ipv4/ip_unprivileged_port_start")).toBe("0");
    });

    test("has rsync and sshfs, which limactl asks the guest for", async () => {
      await host.run("copy", join(host.folder, "home/projects/from-host"), "vm:/tmp/copied");
      expect(await inGuest("cat /tmp/copied && command -v rsync && command -v sshfs")).toMatch(
        /^written on the host\n.*rsync\n.*sshfs$/,
      );
      expect(await inGuest("stat -c '%a %U' /run/host-services")).toBe("700 dev");
    });
  });

  describe("a later boot with a changed lima.yaml", () => {
    let vm: RunningVm;

    beforeAll(async () => {
      for (const name of ["awkward", "gone", "refused"])
        await mkdir(join(host.folder, name), { recursive: true });
      await writeFile(join(host.folder, "awkward/file"), "found\n");
      const running = (await host.lima.attach("vm")) as RunningVm;
      await running.exec(["sh", "-c", "echo mine >/home/dev/.hushlogin"]);
      vm = await host.restart(
        running,
        (document) => {
          document["env"] = { GREETING: "changed" };
          document["caCerts"] = {};
          document["user"] = {
            name: "dev",
            comment: "Somebody",
            home: "/home/dev",
            shell: "/bin/bash",
          };
          document["provision"] = [
            { mode: "system", script: "#!/bin/bash\nexit 3\n" },
            says("system", "still said, greeting $GREETING in $PARAM_CITY"),
            { mode: "user", script: "#!/bin/bash\nsleep 1000 & exit 0\n" },
          ];
          document["mounts"] = [
            mount(join(host.folder, "home/projects"), "/home/dev/projects", { writable: true }),
            mount(join(host.folder, "awkward"), `/srv/${awkward}`),
            // Made on the host by limactl when it has gone.
            mount(join(host.folder, "gone"), "/srv/gone"),
            // A file system that this kernel refuses.
            {
              ...mount(join(host.folder, "refused"), "/srv/refused"),
              "9p": { cache: "fscache", msize: "1KiB" },
            },
          ];
        },
        async () => {
          await rm(join(host.folder, "gone"), { recursive: true });
          await host.run("disk", "resize", "data", "--size", "2GiB");
        },
      );
    });

    const inGuest = async (command: string, user?: "root") =>
      (await vm.exec(["sh", "-c", command], { user })).stdout.trimEnd();

    test("lets the user in, and says on the console, in the log and in the status what failed", async () => {
      expect(await host.shell(vm, "whoami")).toBe("dev");
      const failed = await failedSteps(vm);
      expect(failed.map(({ name }) => name).sort(), JSON.stringify(failed)).toEqual([
        "attach-mounts",
        "provision-system",
      ]);
      const { steps, ok, finished } = await statusOf(vm);
      expect({ ok, finished }).toEqual({ ok: false, finished: true });
      const messages = steps.flatMap((step) => step.messages);
      expect(messages).toContainEqual(
        expect.stringMatching(/^\/srv\/refused could not be mounted \(9p, tag /),
      );
      expect(messages).toContainEqual(expect.stringMatching(/^system script 00000000 ended with status 3$/));
      expect(await host.console("vm")).toMatch(/lima-guest: FAILED: .*provision-system/);
    });

    test("runs the scripts after one that failed, with the new environment", async () => {
      expect(await inGuest("tail -n 400 /var/log/cloud-init-output.log | grep '^said: still'", "root")).toBe(
        "said: still said, greeting changed in München am See",
      );
      expect(await host.shell(vm, "sh", "-c", 'echo "$GREETING/$PARAM_CITY"')).toMatch(/^changed\//);
    });

    test("mounts at a path with quotes and a line break, and a source that had gone from the host", async () => {
      expect((await vm.exec(["cat", `/srv/${awkward}/file`])).stdout).toBe("found\n");
      expect(await inGuest("findmnt --noheadings --output FSTYPE /srv/gone")).toBe("9p");
    });

    test("changes the user, and keeps what the user made", async () => {
      expect(await inGuest("getent passwd dev")).toMatch(/:Somebody:\/home\/dev:\/bin\/bash$/);
      expect(await inGuest("cat /home/dev/.hushlogin")).toBe("mine");
    });

    test("grows the file system of an additional disk that has grown, and keeps what is on it", async () => {
      expect(
        Number(await inGuest("df --output=size --block-size=1M /mnt/lima-data | tail -n 1")),
      ).toBeGreaterThan(1500);
      expect(await inGuest("cat /mnt/lima-data/file")).toBe("kept");
    });

    test("takes back the certificates that are no longer named", async () => {
      expect(await inGuest("ls /usr/local/share/ca-certificates")).toBe("");
    });
  });

  describe("a boot with a full disk and a clock that is years off", () => {
    let vm: RunningVm;

    beforeAll(async () => {
      const running = (await host.lima.attach("vm")) as RunningVm;
      // No byte is written for it: a large disk is full in a moment. systemd begins with the time of its last sync, so that
      // the system's clock is nearly right and the hardware's alone is not.
      await running.script(
        `touch /var/lib/systemd/timesync/clock
        mkdir /var/fill; n=0
        for size in 2G 256M 32M 4M 512K 64K 4K; do
          while fallocate -l $size /var/fill/$n 2>/dev/null; do n=$((n + 1)); done
        done`,
        { user: "root" },
      );
      vm = await host.restartWithWrongClock(running, (document) => {
        document["provision"] = [says("system", "full disk in $PARAM_CITY")];
        document["mounts"] = [
          mount(join(host.folder, "home/projects"), "/home/dev/projects", { writable: true }),
        ];
      });
    });

    test("is ready, and the user gets in and may become root", async () => {
      expect(vm.readiness).toEqual({ state: "ready", reasons: [] });
      expect(await host.shell(vm, "sudo", "-n", "id", "-un")).toBe("root");
      // A little is free again, because the system cleaned up.
      const free = Number(
        (await vm.exec(["sh", "-c", "df --output=avail --block-size=1M / | tail -n 1"])).stdout,
      );
      expect(free).toBeLessThan(32);
    });

    test("has the right time, and keeps it when an agent of Lima up to 2.0 takes it from the hardware clock", async () => {
      const clocks = await vm.exec(["sh", "-c", "date +%s; cat /sys/class/rtc/rtc0/since_epoch"]);
      for (const seconds of clocks.stdout.trim().split("\n"))
        expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(120);
    });
  });

  test("a clone under another name, with a home on a mount of the host, is an instance of its own", async () => {
    await mkdir(join(host.folder, "work"));
    const running = (await host.lima.attach("vm")) as RunningVm;
    await running.script("rm -r /var/fill", { user: "root" });
    const machineId = (await running.exec(["cat", "/etc/machine-id"])).stdout;
    await running.stop();
    await host.run("clone", "vm", "copy");
    let name = "copy";
    if (version !== "1.2") {
      await host.run("rename", "copy", "renamed");
      name = "renamed";
    }
    await host.edit(name, (document) => {
      document["user"] = { name: "dev", home: "/work/home/dev", uid };
      document["mounts"] = [mount(join(host.folder, "work"), "/work", { writable: true })];
      document["additionalDisks"] = [];
    });
    const stopped = await host.lima.attach(name);
    if (stopped.state !== "stopped") throw new Error(`${name} runs already`);
    const vm = await stopped.start({ allowDegraded: true });

    expect(vm.readiness).toEqual({ state: "ready", reasons: [] });
    expect(await failedSteps(vm)).toEqual([]);
    expect(await host.shell(vm, "hostname")).toBe(`lima-${name}`);
    expect(await host.shell(vm, "sh", "-c", "cd && pwd && touch here && stat -c %U .")).toBe(
      "/work/home/dev\ndev",
    );
    expect(await readFile(join(host.folder, "work/home/dev/here"), "utf8")).toBe("");
    expect((await vm.exec(["cat", "/etc/machine-id"])).stdout).toBe(machineId);
    await vm.stop();
  });

  test("plain mode is ready too, without agent and mounts, and provisions", async () => {
    host.complaints();
    const vm = await host.launch("plain", {
      plain: true,
      mounts: [mount(join(host.folder, "home/projects"), "/home/dev/projects")],
      provision: [says("system", "plain")],
    });
    expect(vm.readiness.state).toBe("ready");
    expect(host.complaints().filter((text) => !/plain/i.test(text))).toEqual([]);
    expect(await failedSteps(vm)).toEqual([]);
    expect((await vm.tryExec(["systemctl", "is-active", "lima-guest-agent.service"])).stdout.trim()).toBe(
      "inactive",
    );
    expect(
      (await vm.exec(["grep", "-c", "^said: plain$", "/var/log/cloud-init-output.log"], { user: "root" }))
        .stdout,
    ).toBe("1\n");
    expect((await vm.exec(["sudo", "-n", "id", "-un"])).stdout).toBe("root\n");
    await vm.delete();
  });
});

function says(mode: string, text: string) {
  return { mode, script: `#!/bin/bash\necho "said: ${text}"\n` };
}

function mount(location: string, mountPoint: string, more: Record<string, unknown> = {}) {
  return { location, mountPoint, writable: false, "9p": { cache: "mmap" }, ...more };
}

/** Whether something answers on a port of this machine's loopback within some seconds. */
async function answers(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return true;
    } catch {
      await sleep(500);
    } finally {
      socket.destroy();
    }
  }
  return false;
}
