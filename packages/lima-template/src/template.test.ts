import { expect, test } from "vitest";
import { defineTemplate } from "./define-template.ts";
import { LimaTemplateError } from "./failures/lima-template-error.ts";
import { readTemplate } from "./read-template.ts";
import type { Template } from "./template.ts";

function read(text: string): Template {
  const { template, findings } = readTemplate({ text, file: "a.yaml" });
  if (template === undefined) throw new Error(JSON.stringify(findings));
  return template;
}

function thrownBy(act: () => unknown): LimaTemplateError {
  try {
    act();
  } catch (error) {
    if (LimaTemplateError.is(error)) return error;
  }
  throw new Error("threw no LimaTemplateError");
}

const image = "images: [{location: /a}]\n";

const text = `# about the file
minimumLimaVersion: 1.1.0

# which image
images:
  - location: /link.qcow2 # a link
    arch: x86_64

# how many
cpus: 2 # two
containerd: {system: false, user: false}
`;

test("other images, everything else as it was, comments included", () => {
  const digest = `sha256:${"0a".repeat(32)}` as const;
  const template = read(text).withImages([{ location: "/real.qcow2", arch: "x86_64", digest }]);
  expect(template.value.images).toEqual([{ location: "/real.qcow2", arch: "x86_64", digest }]);
  expect(template.render()).toBe(
    text.replace(
      "/link.qcow2 # a link\n    arch: x86_64",
      `/real.qcow2 # a link\n    arch: x86_64\n    digest: ${digest}`,
    ),
  );
});

test("the first template does not change", () => {
  const template = read(text);
  template.with({ cpus: 4 }).withImages([{ location: "/other" }]);
  expect(template.render()).toBe(text);
  expect(template.value.cpus).toBe(2);
});

test("keys are set, changed and taken away", () => {
  const template = read(text).with({ cpus: 4, memory: "8GiB", containerd: undefined });
  expect(template.value).toEqual({
    minimumLimaVersion: "1.1.0",
    images: [{ location: "/link.qcow2", arch: "x86_64" }],
    cpus: 4,
    memory: "8GiB",
  });
  expect(template.render()).toContain("# how many\ncpus: 4 # two\n");
  expect(template.file).toBe("a.yaml");
});

test("mappings are changed inside", () => {
  const template = read(`${text}ssh:\n  # none\n  localPort: 0\n  forwardAgent: true\n`).with({
    ssh: { localPort: 2222 },
  });
  expect(template.render()).toContain("ssh:\n  # none\n  localPort: 2222\n");
  expect(template.value.ssh).toEqual({ localPort: 2222 });
});

test("a comment stays with the entry that it is about", () => {
  const mounts = "mounts:\n  # work\n  - location: /a\n  # play\n  - location: /b\n";
  const template = read(`${text}${mounts}`);
  expect(template.with({ mounts: [{ location: "/b" }] }).render()).toBe(
    `${text}mounts:\n  # play\n  - location: /b\n`,
  );
  expect(template.with({ mounts: [{ location: "/b", writable: true }, { location: "/a" }] }).render()).toBe(
    `${text}mounts:\n  # play\n  - location: /b\n    writable: true\n  # work\n  - location: /a\n`,
  );
  expect(template.with({ mounts: [{ location: "/new" }, { location: "/b" }] }).render()).toBe(
    `${text}${mounts.replace("/a", "/new")}`,
  );
});

test("a comment on the image of one architecture does not go to that of another", () => {
  const template = read(
    "# all images\nimages:\n  # from the mirror\n\n  # intel\n  - location: /x\n    arch: x86_64\n  # arm\n  - location: /y\n    arch: aarch64\n",
  );
  expect(template.withImages([{ location: "/z", arch: "aarch64" }]).render()).toBe(
    "# all images\nimages:\n  # from the mirror\n  # arm\n  - location: /z\n    arch: aarch64\n",
  );
  expect(template.withImages([{ location: "/z", arch: "riscv64" }]).render()).not.toContain("intel");
});

test("the comment about the file stays when its first key is taken away, that about the key goes", () => {
  const rest = "# how much\nmemory: 4GiB\nenv:\n  # one\n  A: a\n  # two\n  B: b\n";
  const more = { env: { B: "b" } };
  expect(
    read(`# file\n\n# cpus\ncpus: 2\n${image}${rest}`)
      .with({ cpus: undefined, ...more })
      .render(),
  ).toBe(`# file\n${image}# how much\nmemory: 4GiB\nenv:\n  # two\n  B: b\n`);
  expect(read(`# file\ncpus: 2\n${rest}${image}`).with({ cpus: undefined }).render()).toBe(
    `# file\n\n${rest}${image}`,
  );
});

test("more is added behind and beside what is there", () => {
  const template = read(`${text}mounts:\n  # data\n  - location: ~/data\n`).add({
    mounts: [{ location: "~/more", writable: true }],
    containerd: { archives: [] },
    env: { A: "a" },
    cpus: 4,
  });
  expect(template.value).toMatchObject({
    cpus: 4,
    mounts: [{ location: "~/data" }, { location: "~/more", writable: true }],
    containerd: { system: false, user: false, archives: [] },
    env: { A: "a" },
  });
  expect(template.render()).toContain("mounts:\n  # data\n  - location: ~/data\n  - location: ~/more\n");
});

test("a change that makes no template is refused, with what is wrong", () => {
  const error = thrownBy(() => read(text).with({ disk: "4x" as "4", cpus: -1 }));
  expect(error.code).toBe("INVALID_TEMPLATE");
  expect(error.message).toBe(
    "these values make no valid template: cpus must not be negative, is -1 (and 1 more)",
  );
  expect(error.details["findings"]).toMatchObject([{ code: "BAD_COUNT" }, { code: "BAD_SIZE" }]);
});

test("a template from values; images may come later", () => {
  const template = defineTemplate({ cpus: 2, user: { name: "dev", home: "/home/{{.User}}" } });
  expect(template.render()).toBe("cpus: 2\nuser:\n  name: dev\n  home: /home/{{.User}}\n");
  expect(template.withImages([{ location: "/a" }]).value.images).toEqual([{ location: "/a" }]);
});

test("values that make no template are refused", () => {
  expect(thrownBy(() => defineTemplate({ memory: "4 gigs" as "4" })).code).toBe("INVALID_TEMPLATE");
  expect(thrownBy(() => defineTemplate({ cpu: 2 } as never)).message).toBe(
    "these values make no valid template: cpu unknown key `cpu`",
  );
});

test("values that cannot be written are refused as well", () => {
  const refused = (value: unknown) => {
    const error = thrownBy(() => defineTemplate({ message: value } as never));
    expect(thrownBy(() => read(text).with({ message: value } as never)).message).toBe(error.message);
    return [error.code, error.message];
  };
  expect(refused(() => 1)).toEqual([
    "INVALID_TEMPLATE",
    "these values make no valid template: (template) Tag not resolved for Function value",
  ]);
  expect(refused("a\ud800")).toEqual([
    "INVALID_TEMPLATE",
    "these values make no valid template: (template) limactl does not read the escape `\\ud800`",
  ]);
});

test("text is data, whatever is in it", () => {
  const env = { A: "-0x1F", B: "a\u2028b\ufffe", C: "a\r\nb\u001b\n", "<<": "x", "k\u2029": "010" };
  expect(defineTemplate({ env }).value.env).toEqual(env);
});

test("scripts survive, whatever is in them", () => {
  const script = "#!/bin/sh\n# comment: {{.Home}}\nprintf \"%s\\t\" 'a'  \n\n  indented: yes\n\ttab\n";
  const template = defineTemplate({ provision: [{ script }] });
  expect(read(`images: [{location: /a}]\n${template.render()}`).value.provision).toEqual([{ script }]);
});
