import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { LimaTemplateError } from "./failures/lima-template-error.ts";
import { loadTemplate, type LoadOptions } from "./load-template.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lima-template-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function files(contents: Record<string, string | Buffer>): void {
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const load = (name: string, options?: LoadOptions) => loadTemplate(join(folder, name), options);

async function findings(name: string, options?: LoadOptions): Promise<string[]> {
  const reading = await load(name, options);
  return reading.findings
    .filter((finding) => !["MINIMUM_VERSION_MISSING", "CONTAINERD_ON"].includes(finding.code))
    .map(
      (f) => `${f.file?.slice(folder.length + 1)}:${f.line}:${f.column} ${f.severity} ${f.code} ${f.path}`,
    );
}

const image = "images: [{location: /a}]\n";

test("what a template says wins, lists are joined, provision and probes of the base come first", async () => {
  files({
    "a.yaml": `base: b.yaml
images: [{location: /a}]
cpus: 2
disk: null
env: {A: a}
dns: []
provision: [{script: a}]
probes: [{script: "#!a"}]
mounts: [{location: /same, mountPoint: /mnt}]
`,
    "b.yaml": `images: [{location: /b}]
cpus: 3
disk: 10GiB
memory: 4GiB
env: {A: b, B: b}
dns: [1.1.1.1]
hostResolver: {enabled: false}
provision: [{script: b}]
probes: [{script: "#!b"}]
mounts:
  - {location: /other, mountPoint: /mnt, writable: true}
  - {location: /more}
`,
  });
  const { template } = await load("a.yaml");
  expect(template?.value).toEqual({
    images: [{ location: "/a" }, { location: "/b" }],
    cpus: 2,
    memory: "4GiB",
    env: { A: "a", B: "b" },
    dns: ["1.1.1.1"],
    hostResolver: { enabled: false },
    provision: [{ script: "b" }, { script: "a" }],
    probes: [{ script: "#!b" }, { script: "#!a" }],
    mounts: [{ location: "/same", mountPoint: "/mnt", writable: true }, { location: "/more" }],
  });
  expect(parse(template?.render() ?? "")).toEqual({ ...template?.value, disk: null });
});

test("the render needs no other file and keeps the comments of all of them", async () => {
  files({
    "a.yaml": `# about a\nbase: b.yaml\n\n# the image\n${image}`,
    "b.yaml": "# about b\nbase: sub/c.yaml\n# two\ncpus: 2\n",
    "sub/c.yaml": "base: d.yaml\nmemory: 4GiB # four\n",
    "sub/d.yaml": "disk: 20GiB\n",
  });
  const { template } = await load("a.yaml");
  expect(template?.render()).toBe(
    `# about a\n# the image\n${image}\n# about b\n# two\ncpus: 2\n\nmemory: 4GiB # four\n\ndisk: 20GiB\n`,
  );
});

test("comments of lists and mappings that both have come along, and that at the end of the base", async () => {
  files({
    "a.yaml": `base: b.yaml
images:
  # image a
  - location: /a
  # end of a
env:
  # A
  A: a
  # end of A
provision:
  # script a
  - script: a
  # end of script a
dns: [] # none
`,
    "b.yaml": `hostResolver: {enabled: false}
# about env
env:
  # B
  B: b
  # end of B
images:
  # image b
  - location: /b
  # end of b
provision:
  # script b
  - script: b
  # end of script b
dns: [1.1.1.1] # of b

# end of the base
`,
  });
  expect((await load("a.yaml")).template?.render()).toBe(`images:
  # image a
  - location: /a
  # end of a
  # image b
  - location: /b
  # end of b
# about env
env:
  # A
  A: a
  # end of A
  # B
  B: b
  # end of B
provision:
  # script b
  - script: b
  # end of script b
  # script a
  - script: a
  # end of script a
dns: [1.1.1.1] # none

hostResolver: {enabled: false}

# end of the base
`);
});

test("of several bases the earlier one wins", async () => {
  files({
    "a.yaml": `base: [b.yaml, c.yaml]\n${image}`,
    "b.yaml": "cpus: 1\n",
    "c.yaml": "cpus: 2\nmemory: 2GiB\n",
  });
  const { template } = await load("a.yaml");
  expect(template?.value).toMatchObject({ cpus: 1, memory: "2GiB" });
});

test("the newer of two minimum versions counts", async () => {
  files({
    "a.yaml": `base: b.yaml\nminimumLimaVersion: 1.1.0\n${image}`,
    "b.yaml": "minimumLimaVersion: 1.2.0\n",
  });
  expect((await load("a.yaml")).template?.value.minimumLimaVersion).toBe("1.2.0");
});

test("of versions with the same numbers the base's counts when one has more than numbers", async () => {
  files({
    "a.yaml": `base: b.yaml\nminimumLimaVersion: 1.1.0\nvmOpts: {qemu: {minimumVersion: 8.0.0-rc1}}\n${image}`,
    "b.yaml": "minimumLimaVersion: 1.1.0-beta\nvmOpts: {qemu: {minimumVersion: 8.0.0}}\n",
  });
  expect((await load("a.yaml")).template?.value).toMatchObject({
    minimumLimaVersion: "1.1.0-beta",
    vmOpts: { qemu: { minimumVersion: "8.0.0" } },
  });
});

test("lists inside entries at the same place are mixed, as limactl does, and it is said", async () => {
  files({
    "a.yaml": `base: disk.yaml\n${image}additionalDisks: [{name: a, fsArgs: [x]}]\n`,
    "short.yaml": `base: disk.yaml\n${image}additionalDisks: [c, {name: a, fsArgs: [x]}]\n`,
    "range.yaml": `base: ports.yaml\n${image}portForwards: [{guestPortRange: [1, 2]}]\n`,
    "star.yaml": `${image}mounts: [{location: /srv}, {location: /a, mountPoint: "*"}]\n`,
    "empty.yaml": `${image}additionalDisks: [{name: a, fsArgs: []}, {name: a, fsArgs: [y]}]\n`,
    "disk.yaml": "additionalDisks: [{name: b, fsArgs: [y]}]\n",
    "ports.yaml": "portForwards: [{guestPortRange: [3, 4]}]\n",
  });
  expect(await findings("a.yaml")).toEqual(["a.yaml:3:29 warning LISTS_MIXED additionalDisks[0].fsArgs"]);
  expect((await load("a.yaml")).template?.value.additionalDisks).toEqual([
    { name: "a", fsArgs: ["x", "y"] },
    { name: "b", fsArgs: ["y"] },
  ]);
  expect(await findings("short.yaml")).toEqual([
    "short.yaml:3:32 error LISTS_MIXED additionalDisks[1].fsArgs",
  ]);
  expect(await findings("range.yaml")).toEqual([
    "range.yaml:3:17 error LISTS_MIXED portForwards[0].guestPortRange",
  ]);
  expect(await findings("star.yaml")).toEqual([
    "star.yaml:2:55 error MOUNT_POINT_FORBIDDEN mounts[0].mountPoint",
  ]);
  expect((await load("empty.yaml")).template?.value.additionalDisks).toEqual([{ name: "a", fsArgs: ["y"] }]);
});

test("`*` adds to all mounts before it", async () => {
  files({
    "a.yaml": `base: b.yaml\n${image}mounts: [{location: /x, 9p: {cache: none}}, {location: /y}]\n`,
    "b.yaml": 'mounts: [{location: "*", 9p: {cache: mmap, msize: 1MiB}}]\n',
  });
  expect((await load("a.yaml")).template?.value.mounts).toEqual([
    { location: "/x", "9p": { cache: "none", msize: "1MiB" } },
    { location: "/y", "9p": { cache: "mmap", msize: "1MiB" } },
  ]);
});

test("disks and networks are combined by name", async () => {
  files({
    "a.yaml": `base: b.yaml\n${image}additionalDisks: [data]\nnetworks: [{lima: user-v2, interface: n0}]\n`,
    "b.yaml":
      "additionalDisks: [{name: data, fsType: ext4}, more]\nnetworks: [{socket: /run/s, interface: n0, metric: 3}]\n",
  });
  const { template } = await load("a.yaml");
  expect(template?.value.additionalDisks).toEqual([{ name: "data", fsType: "ext4" }, "more"]);
  expect(template?.value.networks).toEqual([{ lima: "user-v2", interface: "n0", metric: 3 }]);
});

test("findings name the file that they are in", async () => {
  files({
    "a.yaml": `base: b.yaml\n${image}disk: much\n`,
    "b.yaml": "memory: more\nprobes:\n  - script: nothing\n",
  });
  expect(await findings("a.yaml")).toEqual([
    "a.yaml:3:7 error BAD_SIZE disk",
    "b.yaml:1:9 error BAD_SIZE memory",
    "b.yaml:3:13 error PROBE_WITHOUT_SHEBANG probes[0].script",
  ]);
});

test("also what the template overrides is checked, since limactl reads it", async () => {
  files({ "a.yaml": `base: b.yaml\n${image}cpus: 2\n`, "b.yaml": "cpus: many\n" });
  expect(await findings("a.yaml")).toEqual(["b.yaml:1:7 error WRONG_TYPE cpus"]);
});

test("a base that is not there, is not YAML, or includes itself", async () => {
  files({
    "missing.yaml": "base: [nowhere.yaml]\n",
    "broken.yaml": `base: bad.yaml\n${image}`,
    "bad.yaml": "a: [\n",
    "loop.yaml": `base: other.yaml\n${image}`,
    "other.yaml": "base: other.yaml\n",
    "twice.yaml": `base: [c.yaml, c.yaml]\n${image}`,
    "c.yaml": "cpus: 1\n",
    "up.yaml": `base: ../c.yaml\n${image}`,
    "folder.yaml": `base: /\n${image}`,
  });
  expect(await findings("missing.yaml")).toEqual(["missing.yaml:1:8 error BASE_NOT_FOUND base[0]"]);
  expect(await findings("broken.yaml")).toEqual(["bad.yaml:2:1 error YAML_SYNTAX (template)"]);
  expect(await findings("loop.yaml")).toEqual(["other.yaml:1:7 error BASE_LOOP base"]);
  expect(await findings("twice.yaml")).toEqual(["twice.yaml:1:16 error BASE_LOOP base[1]"]);
  expect(await findings("up.yaml")).toEqual(["up.yaml:1:7 error BASE_OUTSIDE base"]);
  expect(await findings("folder.yaml")).toContain("folder.yaml:1:7 error BASE_NOT_FOUND base");
});

test("limactl refuses a base whose file name is no name for an instance", async () => {
  files({ "a.yaml": `base: _common.yaml\n${image}`, "_common.yaml": "cpus: 2\n" });
  expect(await findings("a.yaml")).toEqual(["a.yaml:1:7 error BASE_NAME base"]);
});

test("limactl refuses such a name of a script as well, and of the template itself without --name", async () => {
  files({ "_a.yaml": `${image}provision: [{file: two words.sh}]\n`, "two words.sh": "echo\n" });
  expect(await findings("_a.yaml")).toEqual([
    "_a.yaml:1:1 warning BASE_NAME (template)",
    "_a.yaml:2:20 error BASE_NAME provision[0].file",
  ]);
});

test("locators that limactl does not take", async () => {
  files({
    "url.yaml": `base: file:${folder}/b.yaml\n${image}`,
    "host.yaml": `base: file://localhost${folder}/b.yaml\n${image}`,
    "case.yaml": `base: FILE://${folder}/b.yaml\n${image}`,
    "good.yaml": `base: file://${folder}/b.yaml\n${image}`,
    "empty.yaml": `base: [b.yaml, ~]\n${image}`,
    "null.yaml": `base: nothing.yaml\n${image}`,
    "script.yaml": `${image}provision: [{file: "file:${folder}/b.yaml"}]\n`,
    "b.yaml": "cpus: 2\n",
    "nothing.yaml": "~\n",
  });
  for (const name of ["url", "host", "case"])
    expect(await findings(`${name}.yaml`)).toEqual([`${name}.yaml:1:7 error BASE_NOT_FOUND base`]);
  expect(await findings("good.yaml")).toEqual([]);
  expect(await findings("empty.yaml")).toEqual(["empty.yaml:1:16 error BASE_NOT_FOUND base[1]"]);
  expect(await findings("null.yaml")).toEqual(["nothing.yaml:1:1 error YAML_SYNTAX (template)"]);
  expect(await findings("script.yaml")).toEqual([
    "script.yaml:2:20 error SCRIPT_FILE_NOT_FOUND provision[0].file",
  ]);
});

test("a base that is an image gives the template that image, wherever it is", async () => {
  files({
    "a.yaml": `base: [sub/b.yaml, "https://example.com/FreeBSD-amd64.raw.xz"]\n${image}`,
    "sub/b.yaml": "base: debian-arm64.qcow2\n",
  });
  expect(await findings("a.yaml")).toEqual([]);
  expect((await load("a.yaml")).template?.value).toMatchObject({
    os: "Linux",
    arch: "aarch64",
    images: [
      { location: "/a" },
      { location: join(folder, "sub/debian-arm64.qcow2"), arch: "aarch64" },
      { location: "https://example.com/FreeBSD-amd64.raw.xz", arch: "x86_64" },
    ],
  });
});

test("what is not local is left for limactl, together with all that comes after it", async () => {
  files({
    "a.yaml": "base: [b.yaml, 'https://example.com/x.yaml', c.yaml]\n",
    "b.yaml": "cpus: 1\n",
    "c.yaml": "cpus: 2\n",
  });
  expect(await findings("a.yaml")).toEqual(["a.yaml:1:16 warning BASE_NOT_LOCAL base[1]"]);
  const { template } = await load("a.yaml");
  expect(parse(template?.render() ?? "")).toEqual({
    base: ["https://example.com/x.yaml", join(folder, "c.yaml")],
    cpus: 1,
  });
});

test("Lima's own templates are used where their folder is given", async () => {
  files({ "a.yaml": "base: template:_images/own\n", "templates/_images/own.yaml": image });
  expect(await findings("a.yaml")).toEqual(["a.yaml:1:7 warning BASE_NOT_LOCAL base"]);
  expect(await findings("a.yaml", { templateDirectories: [join(folder, "templates")] })).toEqual([]);
});

test("scripts in files are embedded, relative to the file that names them", async () => {
  files({
    "a.yaml": `base: sub/b.yaml\n${image}provision:\n  - file: run.sh\n  - {mode: data, path: /x, file: {url: run.sh}}\n`,
    "run.sh": "#!/bin/sh\necho a\n",
    "sub/b.yaml": "provision:\n  - mode: yq\n    path: /x\n    file: x.yq\n",
    "sub/x.yq": ".a = 1\n",
  });
  const { template } = await load("a.yaml");
  expect(template?.value.provision).toEqual([
    { mode: "yq", path: "/x", expression: ".a = 1\n" },
    { script: "#!/bin/sh\necho a\n" },
    { mode: "data", path: "/x", content: "#!/bin/sh\necho a\n" },
  ]);
  expect(template?.render()).toContain("  - script: |\n      #!/bin/sh\n      echo a\n");
});

test("a script that is not there is a finding; one with odd bytes goes as binary", async () => {
  files({
    "a.yaml": `${image}provision:\n  - file: nowhere.sh\n`,
    "b.yaml": `${image}provision: [{file: odd.sh}]\n`,
    "odd.sh": "a\u0001b",
  });
  expect(await findings("a.yaml")).toEqual(["a.yaml:3:11 error SCRIPT_FILE_NOT_FOUND provision[0].file"]);
  const { template } = await load("b.yaml");
  expect(template?.value.provision).toEqual([{ script: "a\u0001b" }]);
  expect(template?.render()).toContain("!!binary");
});

test("bytes that are no text, and lines that are too long in bytes, go as binary", async () => {
  const bytes = Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 0x0a, 0x41]);
  files({
    "a.yaml": `${image}provision:\n  - {mode: data, path: /x, file: s.bin}\n`,
    "b.yaml": `${image}provision:\n  - file: long.sh\n`,
    "s.bin": bytes,
    "long.sh": `${"é".repeat(40_000)}\n`,
  });
  expect((await load("a.yaml")).template?.render()).toContain(bytes.toString("base64"));
  const rendered = (await load("b.yaml")).template?.render() ?? "";
  expect(rendered).toContain("!!binary");
  expect(Math.max(...rendered.split("\n").map(({ length }) => length))).toBeLessThan(100);
});

test("a script that no block can hold is quoted", async () => {
  files({
    "a.yaml": `${image}provision:\n  - file: tab.sh\n  - file: blanks.sh\n  - file: separator.sh\n`,
    "tab.sh": "\techo\nb\n",
    "blanks.sh": "  ",
    "separator.sh": "a\u2028b\uFFFE\n",
  });
  const { template } = await load("a.yaml");
  expect(template?.value.provision).toEqual([
    { script: "\techo\nb\n" },
    { script: "  " },
    { script: "a\u2028b\uFFFE\n" },
  ]);
  expect(template?.render()).toContain(
    '- script: "\\techo\\nb\\n"\n  - script: "  "\n  - script: !!binary |-\n      YeKAqGLvv74K\n',
  );
});

test("limactl cannot embed a script that begins with an empty line into a block", async () => {
  files({
    "a.yaml": `${image}provision:\n  - file: s.sh\n`,
    "b.yaml": `${image}provision: [{file: s.sh}]\n`,
    "s.sh": "\necho\n",
  });
  expect(await findings("a.yaml")).toEqual(["a.yaml:3:11 error SCRIPT_FILE_EMPTY_LINE provision[0].file"]);
  expect(await findings("b.yaml")).toEqual([]);
});

test("two mounts of one mount point are a fault within a file, an override across files", async () => {
  files({
    "a.yaml": `base: b.yaml\n${image}mounts: [{location: /a, mountPoint: /mnt}]\n`,
    "b.yaml": "mounts: [{location: /b, mountPoint: /mnt}]\n",
    "c.yaml": `${image}mounts: [{location: /a, mountPoint: /mnt}, {location: /b, mountPoint: /mnt}]\n`,
  });
  expect(await findings("a.yaml")).toEqual([]);
  expect(await findings("c.yaml")).toEqual(["c.yaml:2:44 error MOUNT_POINT_DUPLICATE mounts[1]"]);
});

test("what bases override can still be changed; within one file it stays a fault", async () => {
  files({
    "a.yaml": `base: b.yaml\n${image}mounts: [{location: /a, mountPoint: /mnt}]\n`,
    "b.yaml": "mounts: [{location: /b, mountPoint: /mnt/}]\n",
    "c.yaml": image,
  });
  const { template } = await load("a.yaml");
  expect(template?.with({ cpus: 3 }).with({ cpus: 4 }).value).toMatchObject({
    cpus: 4,
    mounts: [{ mountPoint: "/mnt" }, { mountPoint: "/mnt/" }],
  });
  const alone = (await load("c.yaml")).template;
  const twice = ["/x", "/y"].map((location) => ({ location, mountPoint: "/mnt" }));
  expect(() => alone?.with({ mounts: twice as never })).toThrow("already the mount point");
});

test("a file that cannot be read is an error, not a finding", async () => {
  const error: unknown = await load("nowhere.yaml").catch((thrown: unknown) => thrown);
  expect(LimaTemplateError.is(error, "TEMPLATE_UNREADABLE")).toBe(true);
  expect(error).toMatchObject({
    message: `cannot read template ${join(folder, "nowhere.yaml")}: no such file`,
  });
});

test("loading can be aborted", async () => {
  files({ "a.yaml": "base: b.yaml\n", "b.yaml": image });
  await expect(load("a.yaml", { signal: AbortSignal.abort() })).rejects.toThrow();
});
