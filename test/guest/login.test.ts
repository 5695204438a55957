import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Guest } from "./guest.ts";

let guest: Guest;
beforeEach(async () => {
  guest = await Guest.make("2.2", "rich");
  await guest.step("read-user-data");
});
afterEach(() => guest.remove());

const user = async () => (await guest.read("etc/passwd")).split("\n").find((line) => line.startsWith("dev"));
const lima = (key: string, value: string) =>
  guest.edit("mnt/lima-cidata/lima.env", (text) =>
    text.replace(new RegExp(`^LIMA_CIDATA_${key}=.*$`, "m"), `LIMA_CIDATA_${key}=${value}`),
  );

describe("the user", () => {
  test("is made with the uid, comment, home and shell of lima.yaml and no password", async () => {
    await guest.step("make-user");
    const comment = `Dev O'Brien "the dev"`;
    expect(await user()).toBe(`dev:x:${guest.uid}:${guest.uid}:${comment}:/home/dev.guest:/bin/zsh`);
    expect(await guest.has("home/dev.guest")).toBe(true);
    expect(await guest.read("etc/shadow")).toMatch(/^dev:\*:/m);
  });

  test("follows a changed lima.yaml at the next boot, its home moved along", async () => {
    await guest.step("make-user");
    await guest.write("home/dev.guest/file", "mine");
    await lima("HOME", "/home/dev");
    await lima("SHELL", "/bin/bash");
    await lima("COMMENT", "Other: name");
    expect((await guest.step("make-user")).exitCode).toBe(0);
    expect(await user()).toBe(`dev:x:${guest.uid}:${guest.uid}:Other  name:/home/dev:/bin/bash`);
    expect(await guest.read("home/dev/file")).toBe("mine");
  });

  test("is renamed when lima.yaml names another with the same uid", async () => {
    await guest.step("make-user");
    await lima("USER", "devel");
    await guest.step("make-user");
    expect(await user()).toMatch(new RegExp(`^devel:x:${guest.uid}:`));
    expect(await guest.read("etc/passwd")).not.toMatch(/^dev:/m);
  });

  test("gets bash when its shell does not exist, and this is told", async () => {
    await lima("SHELL", "/usr/bin/fish");
    const { output } = await guest.step("make-user");
    expect(output).toContain("WARNING: shell /usr/bin/fish of dev does not exist in this guest");
    expect(await user()).toMatch(/:\/bin\/bash$/);
  });

  test("shares a uid that another user has already", async () => {
    await guest.edit("etc/passwd", (text) => `${text}other:x:${guest.uid}:100::/home/other:/bin/bash\n`);
    const { output } = await guest.step("make-user");
    expect(output).toContain(`uid ${guest.uid} belongs to other too`);
    expect(await user()).toMatch(new RegExp(`^dev:x:${guest.uid}:`));
  });

  test("that the system declares keeps what it declares", async () => {
    const declared = "dev:x:4321:100:Declared:/home/declared:/bin/bash";
    await guest.edit("etc/passwd", (text) => `${text}${declared}\n`);
    const { exitCode, output } = await guest.step("make-user");
    expect(exitCode).toBe(0);
    expect(await user()).toBe(declared);
    expect(output).toContain(
      "declared by the system with home /home/declared; lima.yaml says /home/dev.guest",
    );
  });

  test("with a name that is none is refused", async () => {
    await lima("USER", "a b:c");
    const { exitCode, output } = await guest.step("make-user");
    expect(exitCode).toBe(1);
    expect(output).toContain("user name 'a b:c' is not one");
  });
});

describe("sudo", () => {
  beforeEach(() => guest.step("make-user"));

  test("needs no password, by a rule in /run that only root reads", async () => {
    await guest.step("allow-sudo");
    expect(await guest.read("run/lima/sudoers.d/lima")).toBe(`#${guest.uid} ALL=(ALL:ALL) NOPASSWD: ALL\n`);
    expect(await guest.mode("run/lima/sudoers.d/lima")).toBe("440");
  });

  test("needs one where lima.yaml says so", async () => {
    await lima("PASSWORDLESS_SUDO", "");
    await guest.step("allow-sudo");
    expect(await guest.read("run/lima/sudoers.d/lima")).toBe(`#${guest.uid} ALL=(ALL:ALL) ALL\n`);
  });

  test("comes with membership of wheel, where there is such a group", async () => {
    await guest.edit("etc/group", (text) => `${text}wheel:x:1:root\n`);
    await guest.step("allow-sudo");
    expect(await guest.read("etc/group")).toMatch(/^wheel:x:1:root,\w+$/m);
  });
});

describe("login keys", () => {
  test("lie in /run, readable for sshd in the user's name", async () => {
    await guest.step("write-login-keys");
    expect(await guest.read("run/lima/authorized_keys.d/dev")).toMatch(/^ssh-ed25519 \S+ lima\n$/);
    expect(await guest.mode("run/lima/authorized_keys.d/dev")).toBe("644");
    expect(await guest.mode("run/lima/authorized_keys.d")).toBe("755");
    expect(await guest.mode("run/lima")).toBe("755");
  });

  test("of the last boot are there when a boot has no cidata disk", async () => {
    await guest.boot();
    const keys = await guest.read("run/lima/authorized_keys.d/dev");
    await guest.edit("mnt/lima-cidata/lima.env", () => "");
    const { rm } = await import("node:fs/promises");
    await rm(`${guest.root}/mnt`, { recursive: true });
    await rm(`${guest.root}/run`, { recursive: true });
    const { exitCode, output } = await guest.start("run-steps", ["mount-cidata", "restore-login-keys"]);
    expect(exitCode).toBe(0);
    expect(output).toContain("this machine was not started by Lima");
    expect(await guest.read("run/lima/authorized_keys.d/dev")).toBe(keys);
    expect(await guest.has("run/lima/sudoers.d/lima")).toBe(true);
  });
});

describe("the environment of sessions", () => {
  test("has env and param, values with spaces and quotes as they are", async () => {
    await guest.step("write-environment");
    expect(await guest.read("run/lima/environment")).toBe(
      'GREETING=hello world\nPARAM_CITY=München\nPARAM_NAME=value with spaces\nQUOTED=say "hi"\n',
    );
  });

  test("gets what pam_env cannot hold from sshd", async () => {
    await guest.edit("mnt/lima-cidata/etc_environment", (text) =>
      text.replace("QUOTED=", String.raw`BACK=a\b # "c"` + "\nQUOTED="),
    );
    await guest.step("write-environment");
    expect(await guest.read("run/lima/sshd.conf")).toBe(
      String.raw`SetEnv "BACK=a\\b # \"c\"" "HASHED=a # b"` + "\n",
    );
  });
});

test("the host name is the instance's", async () => {
  await guest.step("set-hostname");
  expect(await guest.read("proc/sys/kernel/hostname")).toBe("lima-rich\n");
});

describe("the clock", () => {
  const began = 1_700_000_000;
  const clock = async (id: string) => {
    await guest.edit("mnt/lima-cidata/meta-data", (text) => text.replace(/iid-\d+/, id));
    await guest.step("set-clock");
    return guest.calls("date");
  };

  test("is set when it is far from the time at which the host started the machine", async () => {
    expect(await clock(`iid-${began}`)).toContain(`date -s @${began + 5}`);
  });

  test("is left alone when it is right", async () => {
    const calls = await clock(`iid-${Math.floor(Date.now() / 1000)}`);
    expect(calls.filter((call) => call.includes("-s"))).toEqual([]);
  });

  // systemd does not begin before its last time, so that the system's clock is nearly right.
  test("of the hardware is set too, also when that alone is off", async () => {
    await guest.write("sys/class/rtc/rtc0/since_epoch", "1551398400\n");
    await clock(`iid-${Math.floor(Date.now() / 1000)}`);
    expect(await guest.calls("hwclock")).toEqual(["hwclock --systohc --utc"]);
  });

  test("of the hardware is left alone when it is right", async () => {
    const now = Math.floor(Date.now() / 1000);
    await guest.write("sys/class/rtc/rtc0/since_epoch", `${now}\n`);
    await clock(`iid-${now}`);
    expect(await guest.calls("hwclock")).toEqual([]);
  });
});

test("the user lingers from the first boot on", async () => {
  guest = await Guest.make("2.2", "minimal");
  expect(await guest.step("enable-linger")).toMatchObject({ exitCode: 0, output: "" });
  expect(await guest.has("var/lib/systemd/linger/dev")).toBe(true);
});
