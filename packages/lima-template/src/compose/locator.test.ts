import { homedir } from "node:os";
import { expect, test } from "vitest";
import { resolveLocator } from "./locator.ts";

const resolve = (locator: string, directories: string[] = []) =>
  resolveLocator(locator, "/here/a.yaml", directories);

test("paths are relative to the file that they stand in", () => {
  expect(resolve("b.yaml")).toEqual({ kind: "local", paths: ["/here/b.yaml"] });
  expect(resolve("sub/b.yaml")).toEqual({ kind: "local", paths: ["/here/sub/b.yaml"] });
  expect(resolve("/there/b.yaml")).toEqual({ kind: "local", paths: ["/there/b.yaml"] });
  expect(resolve("~/b.yaml")).toEqual({ kind: "local", paths: [`${homedir()}/b.yaml`] });
  expect(resolve("file:///there/b.yaml")).toEqual({ kind: "local", paths: ["/there/b.yaml"] });
});

test("Lima refuses to go up", () => {
  expect(resolve("../b.yaml").kind).toBe("outside");
  expect(resolve("sub/../b.yaml").kind).toBe("outside");
  expect(resolve("template:../b", ["/t"]).kind).toBe("outside");
});

test("templates of Lima are looked up where they are", () => {
  expect(resolve("template:_images/debian", ["/t", "/u"])).toEqual({
    kind: "local",
    paths: ["/t/_images/debian.yaml", "/u/_images/debian.yaml"],
  });
  expect(resolve("template://default", ["/t"])).toEqual({ kind: "local", paths: ["/t/default.yaml"] });
});

test("everything else is for limactl to fetch", () => {
  for (const locator of ["https://example.com/a.yaml", "template:default", "github:lima-vm/lima"]) {
    expect(resolve(locator)).toEqual({ kind: "remote", locator });
  }
});
