import { expect, test } from "vitest";
import { checkShape } from "./check-shape.ts";
import { formatPath } from "../findings/path.ts";

const said = (data: unknown) =>
  checkShape(data).faults.map(
    (fault) => `${fault.severity} ${fault.code} ${formatPath(fault.path)}: ${fault.message}`,
  );

test("an empty template has the right shape: a base may bring everything", () => {
  expect(checkShape({})).toEqual({ faults: [], value: {} });
  expect(checkShape(null)).toEqual({ faults: [], value: {} });
});

test("unknown keys are said one by one, with what was probably meant", () => {
  const { faults, value } = checkShape({ cpu: 2, images: [{ location: "/a", digset: "x" }], zzz: 1 });
  expect(faults.map(({ path, hint }) => [formatPath(path), hint])).toEqual([
    ["cpu", "did you mean `cpus`?"],
    ["images[0].digset", "did you mean `digest`?"],
    ["zzz", expect.stringContaining("known here: base, minimumLimaVersion")],
  ]);
  expect(value).toEqual({ images: [{ location: "/a" }] });
});

test("wrong types name what is asked for and what is there", () => {
  expect(said({ cpus: "two", plain: "yes", images: "x", ssh: [], mounts: [1], dns: {} })).toEqual([
    "error WRONG_TYPE cpus: must be a whole number, is the text `two`",
    "error WRONG_TYPE plain: must be true or false, is the text `yes`",
    "error WRONG_TYPE images: must be a list, is the text `x`",
    "error WRONG_TYPE ssh: must be a mapping, is a list",
    "error WRONG_TYPE mounts[0]: must be a mapping, is `1`",
    "error WRONG_TYPE dns: must be a list, is a mapping",
  ]);
});

test("a fraction is no whole number; the rules see what Lima makes of it", () => {
  expect(said({ cpus: 1.5 })).toEqual(["error WRONG_TYPE cpus: must be a whole number, is `1.5`"]);
  expect(checkShape({ cpus: 1.5 }).value).toEqual({ cpus: 1 });
});

test("values outside a list of values", () => {
  expect(checkShape({ os: "linux" }).faults).toMatchObject([
    { code: "BAD_VALUE", hint: "did you mean `Linux`?" },
  ]);
  expect(said({ mountType: "nfs" })).toEqual([
    "error BAD_VALUE mountType: must be one of reverse-sshfs, 9p, virtiofs, wsl2, is `nfs`",
  ]);
  expect(said({ arch: 64 })[0]).toContain("error WRONG_TYPE arch");
});

test("keys that an entry cannot do without", () => {
  expect(said({ images: [{ arch: "x86_64" }], mounts: [{}], additionalDisks: [{ format: true }] })).toEqual([
    "error MISSING_KEY images[0].location: `location` is missing",
    "error MISSING_KEY mounts[0].location: `location` is missing",
    "error MISSING_KEY additionalDisks[0].name: `name` is missing",
  ]);
});

test("null is the same as not written, empty in a mapping of texts, and no entry of a list", () => {
  expect(checkShape({ cpus: null, mounts: null })).toEqual({ faults: [], value: {} });
  expect(checkShape({ env: { A: null } }).value).toEqual({ env: { A: "" } });
  expect(said({ images: [null] })).toEqual(["error WRONG_TYPE images[0]: must be a mapping, is empty"]);
  expect(said({ images: [{ location: null }] })).toEqual([
    "error MISSING_KEY images[0].location: `location` is missing",
  ]);
});

test("unions say what is wrong with the form that was meant", () => {
  expect(said({ additionalDisks: ["a", { name: "b", fromat: true }, 3] })).toEqual([
    "error UNKNOWN_KEY additionalDisks[1].fromat: unknown key `fromat`",
  ]);
  expect(said({ base: ["a", { url: "b", digest: 1 }] })).toEqual([]);
  expect(said({ base: { url: "b" } })).toEqual(["error WRONG_TYPE base: must be a list, is a mapping"]);
});

test("limits of numbers and lists", () => {
  expect(said({ user: { uid: -1 }, portForwards: [{ guestPortRange: [1] }] })).toEqual([
    "error BAD_VALUE user.uid: must be 0 or more, is -1",
    "error BAD_VALUE portForwards[0].guestPortRange: must have 2 entries, has 1",
  ]);
});

test("mappings by architecture know the architectures", () => {
  expect(said({ cpuType: { amd64: "max" } })).toEqual([
    "error UNKNOWN_KEY cpuType.amd64: unknown key `amd64`",
  ]);
});

test("options of a driver outside Lima are its own affair", () => {
  expect(said({ vmOpts: { krunkit: { anything: 1 }, other: {} } })).toEqual([
    "error UNKNOWN_KEY vmOpts.other: unknown key `other`",
  ]);
});

test("what is right is kept for the rules, list entries at their place", () => {
  const { value } = checkShape({ images: ["x", { location: "/a" }], cpus: "two", memory: "4GiB" });
  expect(value?.images?.[1]).toEqual({ location: "/a" });
  expect(value?.memory).toBe("4GiB");
  expect(value).not.toHaveProperty("cpus");
});

test("a faulty choice in a list is left out: none may be made up", () => {
  expect(checkShape({ mountTypesUnsupported: ["nfs", "9p"] }).value).toEqual({
    mountTypesUnsupported: ["9p"],
  });
});

test("names of things that JavaScript objects have by themselves are just names", () => {
  expect(said(JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}'))).toEqual([
    "error UNKNOWN_KEY __proto__: unknown key `__proto__`",
    "error UNKNOWN_KEY constructor: unknown key `constructor`",
  ]);
  expect(said({ constructor: null })).toEqual(["error UNKNOWN_KEY constructor: unknown key `constructor`"]);
});

test("hopeless input ends", () => {
  expect(checkShape([1, 2, 3]).value).toBeUndefined();
  expect(checkShape("text").value).toBeUndefined();
});
