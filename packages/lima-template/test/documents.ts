/** One document, what we say of it, and what each limactl says where that is something else. */
export interface Sample {
  yaml: string;
  /** We find no error. */
  good: boolean;
  /** Where limactl says otherwise, and why we say what we say. */
  but?: { limactl: "both" | "2.2" | "1.2"; because: string };
}

/** Goes before every sample: enough to be a template. */
const image = "images: [{location: /etc/profile}]";

const sample =
  (good: boolean) =>
  (yaml: string, limactl?: "both" | "2.2" | "1.2", because?: string): Sample => {
    const whole = yaml.startsWith("!") ? yaml.slice(1) : `${image}\n${yaml}`;
    return limactl === undefined
      ? { yaml: whole, good }
      : { yaml: whole, good, but: { limactl, because: because ?? "" } };
  };
const good = sample(true);
const bad = sample(false);

const typo = "limactl only logs it, and the setting has no effect";
const refusedLater = "`validate` does not ask the driver; creating or starting the instance fails";

export const samples: Sample[] = [
  // Shape
  good(""),
  good("cpus: 2\nmemory: 4GiB\ndisk: 20GiB"),
  good("memory: 4\nenv: {A: 1, B: true, C: null}"),
  good('cpus: "2"'),
  good("cpus: 0"),
  good("cpus: null\nmounts: null\nuser: null"),
  good('memory: ""\ndisk: ""'),
  bad("plain: yes"),
  bad('plain: "true"'),
  bad("cpus: two"),
  bad("ssh: []"),
  bad("user: dev"),
  bad("!images: [/etc/profile]"),
  bad("!- a"),
  bad("!text"),
  bad("!"),
  bad("!cpus: 2"),
  bad("!images: []"),
  bad("cpu: 2", "both", typo),
  bad("ssh: {localport: 0}", "both", typo),
  bad("cpus: 1.5", "both", "limactl cuts it to 1"),
  bad("cpus: -1", "both", refusedLater),
  bad("user: {uid: -1}"),
  bad("portForwards: [{guestPortRange: [1, 2, 3]}]"),
  bad("portForwards: [{guestPortRange: [10]}]"),
  bad("mounts: [null]", "1.2", "Lima 1.2 makes a mount of the working directory of it"),
  // YAML
  bad("cpus: 1\ncpus: 2"),
  bad("ssh:\n\tlocalPort: 0"),
  bad("ssh: {localPort: 0"),
  bad("cpus: *nothing"),
  bad("---\ncpus: 2", "both", "limactl reads the first document and drops the rest"),
  bad("param: &x {A: a}\nenv:\n  <<: *x\n  A: b"),
  good("env: &x {A: a}\nhostResolver:\n  hosts: *x"),
  good('message: |\n  tab\there\n  "quotes"'),
  // Enumerations
  good("os: Linux\narch: default"),
  bad("os: linux"),
  bad("arch: amd64"),
  bad("!images: [{location: /a, arch: arm64}]"),
  bad("mountType: nfs"),
  good("vmType: qemu"),
  good("vmType: vz\nmountType: virtiofs"),
  bad("vmType: virtualbox"),
  bad("vmType: default", "1.2", "Lima 2.2 refuses it; without the key it is the same in both"),
  bad("vmType: vz\nmountType: 9p", "both", refusedLater),
  bad("mountType: 9p\nmountTypesUnsupported: [9p]"),
  bad("audio: {interface: sb16}", "1.2", "Lima 1.2 does not know the key and ignores it"),
  // Images and sizes
  bad("!images: [{arch: x86_64}]"),
  bad('!images: [{location: /a, digest: "sha256:abc"}]'),
  bad(`!images: [{location: /a, digest: "sha256:${"A".repeat(64)}"}]`),
  bad(`!images: [{location: /a, digest: "md5:${"a".repeat(32)}"}]`),
  good(`!images: [{location: /a, digest: "sha256:${"0a".repeat(32)}"}]`),
  good(`!images: [{location: /a, digest: "sha512:${"0a".repeat(64)}"}]`),
  bad(
    "!arch: aarch64\nimages: [{location: /a, arch: x86_64}]",
    "both",
    "limactl says so only when it creates the instance",
  ),
  bad("memory: 4 gigs"),
  bad("memory: 4GiBs"),
  bad("disk: -1"),
  good("memory: 4.5GiB\ndisk: 10gb"),
  good("memory: 4 GiB\ndisk: 20g"),
  good("memory: .5g\ndisk: 100000"),
  bad("mounts: [{location: /srv, 9p: {msize: much}}]"),
  bad("mounts: [{location: /srv, 9p: {cache: map}}]", "both", refusedLater),
  // Versions
  good("minimumLimaVersion: 1.1.0"),
  good("minimumLimaVersion: v1.0.0"),
  bad("minimumLimaVersion: 99.0.0"),
  bad("minimumLimaVersion: 1.0"),
  bad("minimumLimaVersion: new"),
  // Mounts
  good("mounts: [{location: /srv}, {location: '~'}, {location: /nowhere/at/all, writable: true}]"),
  good('mounts: [{location: /srv, mountPoint: "{{.Home}}/x"}]'),
  bad("mounts: [{location: srv}]", "1.2", "Lima 1.2 takes it relative to its working directory"),
  bad("mounts: [{location: /srv, mountPoint: /etc}]"),
  bad(
    "mounts: [{location: /srv, mountPoint: /etc/}]",
    "both",
    "limactl compares the text; the mount covers /etc all the same",
  ),
  bad("mounts: [{location: /srv, mountPoint: ~/x}]"),
  bad("mounts: [{location: /srv, mountPoint: mnt/x}]", "both", "nothing is mounted there in the guest"),
  bad('user: {name: dev, home: /home/dev}\nmounts: [{location: /srv, mountPoint: "{{.Home}}"}]'),
  bad('mounts: [{location: /srv, mountPoint: "{{.Home}}"}]'),
  bad(
    "mounts: [{location: /srv, mountPoint: /mnt/a}, {location: /opt/x, mountPoint: /mnt/a}]",
    "both",
    "limactl merges the two and drops the second location",
  ),
  // User
  bad("user: {shell: zsh}", "1.2", "Lima 1.2 does not look, and the login fails"),
  bad("user: {name: root}", "both", "no guest sets up root as an ordinary user"),
  bad("user: {uid: 0}", "both", "no guest sets up root as an ordinary user"),
  bad("user: {passwordlessSudo: false}", "1.2", "Lima 1.2 does not know the key and ignores it"),
  // ssh, ports, networks
  bad("ssh: {localPort: 22}"),
  bad("ssh: {localPort: 70000}"),
  good("ssh: {localPort: 0}"),
  bad("portForwards: [{guestPort: 22}]"),
  bad("portForwards: [{guestPortRange: [10, 5]}]"),
  bad("portForwards: [{guestPortRange: [1, 5], hostPortRange: [1, 6]}]"),
  bad("portForwards: [{guestIP: here, guestPort: 80}]"),
  bad("portForwards: [{proto: icmp, guestPort: 80}]"),
  bad("portForwards: [{guestSocket: run/x, hostSocket: y}]"),
  bad("portForwards: [{guestPort: 80, reverse: true}]"),
  bad("portForwards: [{hostSocket: x.sock}]"),
  bad("portForwards: [{guestIP: 127.0.0.1, guestIPMustBeZero: true, guestPort: 80}]"),
  good(
    "portForwards: [{guestPort: 80, hostSocket: x.sock}, {guestSocket: /run/x, hostSocket: y.sock, reverse: true}]",
  ),
  good("portForwards: [{proto: udp, guestIP: 0.0.0.0, guestPort: 68, ignore: true}]"),
  good("portForwards: [{guestPortRange: [1024, 1030], hostPortRange: [2024, 2030]}]"),
  good("networks: [{lima: user-v2}]"),
  bad("networks: [{}]"),
  bad('networks: [{lima: user-v2, macAddress: "52:55"}]'),
  bad("networks: [{lima: user-v2, interface: eth0}]"),
  bad("networks: [{lima: user-v2, interface: a-very-long-name-indeed}]"),
  bad("dns: [1.1.1.1]"),
  good("dns: [1.1.1.1]\nhostResolver: {enabled: false}"),
  bad("dns: [resolver]\nhostResolver: {enabled: false}"),
  // Scripts and parameters
  bad("probes: [{script: ssh 127.0.0.1 true}]"),
  bad("probes: [{description: nothing}]"),
  bad('probes: [{script: ""}]'),
  good('probes: [{script: "#!/bin/sh\\ntrue"}]'),
  bad("provision: [{mode: sometimes, script: x}]"),
  bad("provision: [{mode: system}]"),
  bad("provision: [{mode: data, content: x}]"),
  bad("provision: [{mode: data, path: etc/x, content: x}]"),
  bad("provision: [{mode: system, script: x, path: /x}]"),
  bad("provision: [{mode: data, path: /x, content: x, permissions: rw}]"),
  bad("provision: [{mode: user, script: x, skipDefaultDependencyResolution: true}]"),
  good("provision: [{mode: data, path: /x, content: x, permissions: 0644}, {script: x}]"),
  good("provision: [{mode: yq, path: /x, expression: .}]"),
  bad("param: {WHO: me}"),
  bad('param: {WHO: me}\nmessage: "{{.Param.WHO}}"'),
  bad('param: {1st: me}\nprovision: [{script: "$PARAM_1st"}]'),
  good('param: {WHO: me}\nprovision: [{script: "$PARAM_WHO"}]'),
  good("additionalDisks: [data, {name: more, format: false}]"),
  bad("additionalDisks: [bad name]"),
  bad("copyToHost: [{guest: etc/x, host: /x}]"),
  // Base
  bad("base: nowhere.yaml"),
  bad("base: sample.yaml"),
  bad("base: ../x.yaml"),
  bad("base: {url: good.yaml}"),
  good("base: good.yaml"),
  good("base: [good.yaml]"),
  bad("base: [good.yaml, good.yaml]"),
  bad("base: _underscore.yaml"),
];
