import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Guest } from "./guest.ts";

let guest: Guest;
afterEach(() => guest.remove());

const lima = (changes: Record<string, string>) =>
  guest.edit("mnt/lima-cidata/lima.env", (text) =>
    Object.entries(changes).reduce(
      (all, [key, value]) =>
        all.replace(new RegExp(`^LIMA_CIDATA_${key}=.*$`, "m"), `LIMA_CIDATA_${key}=${value}`),
      text,
    ),
  );

describe("network cards", () => {
  test("get DHCP, Lima's metric and the name servers of lima.yaml", async () => {
    guest = await Guest.make("2.2", "rich");
    expect((await guest.step("configure-network")).exitCode).toBe(0);
    const text = await guest.read("run/systemd/network/10-lima-0.network");
    expect(text).toMatch(/^MACAddress=52:55:55:/m);
    expect(text).toMatch(/^DNS=192\.0\.2\.53 192\.0\.2\.54$/m);
    expect(text).toMatch(/^UseDNS=no$/m);
    expect(text).toMatch(/^RouteMetric=200$/m);
  });

  test("are left to what every card gets when lima.yaml wants nothing else", async () => {
    guest = await Guest.make("2.2", "minimal");
    await guest.step("configure-network");
    expect(await guest.has("run/systemd/network")).toBe(false);
    expect(await guest.calls("systemctl")).toEqual([]);
  });

  test("get their own metric, and networkd is told, without anybody waiting for it", async () => {
    guest = await Guest.make("2.2", "minimal");
    await addCard();
    await guest.step("configure-network");
    const text = await guest.read("run/systemd/network/10-lima-0.network");
    expect(text).toMatch(/^MACAddress=52:55:55:00:00:01$/m);
    expect(text).toMatch(/^RouteMetric=100$/m);
    expect(text).not.toMatch(/DNS=/);
    expect(await guest.calls("systemctl")).toEqual([
      "systemctl --no-block try-restart systemd-networkd.service",
    ]);
  });

  test("have Lima's name beside the kernel's", async () => {
    guest = await Guest.make("2.2", "minimal");
    await addCard();
    await guest.write("sys/class/net/enp0s2/address", "52:55:55:00:00:01\n");
    await guest.step("name-cards");
    expect(await guest.calls("ip")).toEqual(["ip link property add dev enp0s2 altname lima0"]);
  });
});

const addCard = () =>
  guest.edit(
    "mnt/lima-cidata/network-config",
    (text) =>
      `${text}  lima0:\n    match:\n      macaddress: '52:55:55:00:00:01'\n    dhcp4: true\n    set-name: lima0\n    dhcp4-overrides:\n      route-metric: 100\n`,
  );

describe("host.lima.internal", () => {
  test("is in /etc/hosts once, however often", async () => {
    guest = await Guest.make("2.2", "minimal");
    await guest.step("write-hosts");
    await lima({ SLIRP_GATEWAY: "192.168.104.2" });
    await guest.step("write-hosts");
    expect(await guest.read("etc/hosts")).toBe("127.0.0.1 localhost\n192.168.104.2 host.lima.internal\n");
  });

  test("needs nothing to be written where it is there already, as on a full disk", async () => {
    guest = await Guest.make("2.2", "minimal");
    await guest.step("write-hosts");
    await chmod(join(guest.root, "etc"), 0o555);
    const outcome = await guest.step("write-hosts");
    await chmod(join(guest.root, "etc"), 0o755);
    expect(outcome).toEqual({ exitCode: 0, output: "" });
  });

  test("is added to the system's own list where that is generated", async () => {
    guest = await Guest.make("2.2", "minimal");
    await guest.write("store/hosts", "127.0.0.2 generated\n");
    await guest.step("write-hosts", { LIMA_GUEST_HOSTS_BASE: `${guest.root}/store/hosts` });
    expect(await guest.read("run/lima/hosts")).toBe("127.0.0.2 generated\n192.168.5.2 host.lima.internal\n");
    expect(await guest.read("etc/hosts")).toBe("127.0.0.1 localhost\n");
  });
});

describe("the host's resolver", () => {
  test("is reached through a redirection, made anew at each boot and never twice", async () => {
    guest = await Guest.make("2.2", "minimal");
    await lima({ UDP_DNS_LOCAL_PORT: "4001", TCP_DNS_LOCAL_PORT: "4002" });
    expect((await guest.step("redirect-dns")).exitCode).toBe(0);
    expect((await guest.step("redirect-dns")).exitCode).toBe(0);
    const jumps = ["-I PREROUTING 1 -j LIMADNS", "-I OUTPUT 1 -j LIMADNS"];
    const rules = [
      "-A LIMADNS -d 192.168.5.3 -p udp --dport 53 -j DNAT --to-destination 192.168.5.2:4001",
      "-A LIMADNS -d 192.168.5.3 -p tcp --dport 53 -j DNAT --to-destination 192.168.5.2:4002",
    ];
    const given = await guest.input("iptables-restore");
    expect(given).toEqual([
      ["*nat", ":LIMADNS - [0:0]", ...jumps, ...rules, "COMMIT"],
      ["*nat", ":LIMADNS - [0:0]", ...rules, "COMMIT"],
    ]);
  });

  test("needs nothing where lima.yaml does not use it", async () => {
    guest = await Guest.make("2.2", "rich");
    await guest.step("redirect-dns");
    expect(await guest.calls("iptables")).toEqual([]);
  });
});

describe("certificates", () => {
  test("are given to the system's own tool", async () => {
    guest = await Guest.make("2.2", "rich");
    await guest.step("read-user-data");
    await guest.step("trust-certificates");
    await guest.step("trust-certificates");
    expect(await guest.read("usr/local/share/ca-certificates/lima-0000.crt")).toMatch(
      /^-----BEGIN CERTIFICATE-----\n/,
    );
    expect(await guest.calls("update-ca-certificates")).toHaveLength(1);
  });

  test("are added to the system's bundle where that is generated", async () => {
    guest = await Guest.make("2.2", "rich");
    await guest.step("read-user-data");
    await guest.write("store/bundle", "system\n");
    await guest.step("trust-certificates", { LIMA_GUEST_CERTIFICATES_BASE: `${guest.root}/store/bundle` });
    expect(await guest.read("run/lima/ca-bundle.crt")).toMatch(/^system\n-----BEGIN CERTIFICATE-----\n/);
  });
});

test("the time zone is the host's, unless the system's configuration has one", async () => {
  const { readlink, rm, symlink } = await import("node:fs/promises");
  guest = await Guest.make("2.2", "rich");
  await guest.step("read-user-data");
  await guest.step("set-timezone");
  expect(await readlink(`${guest.root}/etc/localtime`)).toBe("/usr/share/zoneinfo/Europe/Berlin");
  await rm(`${guest.root}/etc/localtime`);
  await symlink("/etc/static/localtime", `${guest.root}/etc/localtime`);
  await guest.step("set-timezone");
  expect(await readlink(`${guest.root}/etc/localtime`)).toBe("/etc/static/localtime");
});
