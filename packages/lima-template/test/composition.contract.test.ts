import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadTemplate } from "../src/index.ts";
import { findLimactls, run, temporaryFolder } from "./limactls.ts";

const limactls = findLimactls();
const folder = temporaryFolder();
afterAll(folder.remove);

/** Templates with their bases; the first file is the one to load. */
const cases: Record<string, Record<string, string | Buffer>> = {
  "everything that a base can bring": {
    "a.yaml": `# about a
base: b.yaml
images: [{location: /etc/profile}]
memory: null
disk: ~
dns: [8.8.8.8]
mounts:
  - location: /home
    mountPoint: /mnt/a
portForwards:
  - guestPort: 83
provision:
  - script: a
probes:
  - script: "#!/bin/sh a"
caCerts: {files: [a]}
env: {A: a}
additionalDisks: [y, z]
networks: [{lima: user-v2, interface: n0}]
mountTypesUnsupported: [9p]
minimumLimaVersion: 1.1.0
`,
    "b.yaml": `memory: 8GiB # of the base
cpus: 3
disk: 7GiB
dns: [1.1.1.1]
hostResolver: {enabled: false}
mounts:
  - location: /tmp
    mountPoint: /mnt/a
    writable: true
  - location: /mnt/v
  - location: "*"
    9p: {cache: mmap}
portForwards:
  - guestPort: 81
provision:
  - script: b
probes:
  - script: "#!/bin/sh b"
caCerts: {files: [b]}
env: {A: b, B: b}
additionalDisks: [x, {name: y, fsArgs: [a]}]
networks: [{lima: user-v2, interface: n0, metric: 3}]
mountTypesUnsupported: [9p, virtiofs]
minimumLimaVersion: 1.2.0
vmOpts: {qemu: {minimumVersion: 8.0.0}}
`,
  },
  "bases of bases, in order": {
    "a.yaml": "base: [b.yaml, c.yaml]\nimages: [{location: /a}]\nprovision: [{script: a}]\n",
    "b.yaml": "base: d.yaml\nimages: [{location: /b}]\nprovision: [{script: b}]\ncpus: 1\n",
    "c.yaml": "images: [{location: /c}]\nprovision: [{script: c}]\ncpus: 2\n",
    "d.yaml": "images: [{location: /d}]\nprovision: [{script: d}]\ncpus: 3\nmemory: 2GiB\n",
  },
  "a list that says null stays null": {
    "a.yaml": "base: b.yaml\nmounts:\nimages: [{location: /a}]\n",
    "b.yaml": "mounts: [{location: /srv}]\n",
  },
  "templates of Lima by name": {
    "a.yaml": "base: b.yaml\nimages: [{location: /a}]\n",
    "b.yaml": "base: template://_default/mounts\ncpus: 2\n",
  },
  "scripts in files": {
    "a.yaml":
      "base: b.yaml\nimages: [{location: /a}]\nprovision:\n  - file: s.sh\n  - {mode: data, path: /x, file: {url: s.sh}}\n",
    "b.yaml": "provision:\n  - mode: user\n    file: s.sh\n",
    "s.sh": "#!/bin/sh\necho '{{.Home}}'\n",
  },
  "what limactl mixes up": {
    "a.yaml": `base: [b.yaml]
images: [{location: /a}]
additionalDisks: [{name: a, fsArgs: [x]}, {name: c, fsArgs: []}, {name: c, fsArgs: [z]}]
minimumLimaVersion: 1.1.0
vmOpts: {qemu: {minimumVersion: 8.0.0-rc1}}
`,
    "b.yaml":
      "additionalDisks: [{name: b, fsArgs: [y]}, {name: d}, e]\nminimumLimaVersion: 1.1.0-beta\nvmOpts: {qemu: {minimumVersion: 8.0.0}}\n",
  },
  "images as bases": {
    "a.yaml":
      'base: [debian-arm64.qcow2, "https://127.0.0.1:1/x.s390x.raw.xz", c.img]\nos: Linux\nimages: [{location: /a}]\n',
  },
  "scripts that no block can hold": {
    "a.yaml": `images: [{location: /a}]
provision:
  - file: controls.sh
  - file: separator.sh
  - file: long.sh
  - file: blank-first.sh
  - file: blanks.sh
  - {mode: data, path: /x, file: bytes.bin}
`,
    "controls.sh": "a\u0001b\n",
    "separator.sh": "a\u2028b\uFFFE\n",
    "long.sh": `${"é".repeat(40_000)}\n`,
    "blank-first.sh": "  a\n",
    "blanks.sh": "  ",
    "bytes.bin": Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 0x0a, 0x41]),
  },
};

const asData = (yaml: string): unknown => parse(yaml, { customTags: ["binary"] });

describe.each(limactls)("composing like limactl $version", (limactl) => {
  test.each(Object.entries(cases))("%s", async (_what, files) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
    const file = join(folder.path, "a.yaml");
    const { template, findings } = await loadTemplate(file, { limactl: limactl.file });
    const embedded = await run(
      limactl,
      ["template", "copy", "--embed-all", file, "-"],
      join(folder.path, "home"),
    );
    expect(embedded.exitCode, embedded.stderr).toBe(0);
    expect(asData(template?.render() ?? ""), JSON.stringify(findings)).toEqual(asData(embedded.stdout));
  });
});
