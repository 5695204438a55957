import { expect, test } from "vitest";
import { provisionShape } from "./provision-shape.ts";
import { said } from "./testing.ts";

test.each([
  ["a script for mode system, the default", "{}", "script"],
  ["a script that is not empty once filled in", `{script: '{{""}}{{/* nothing */}}'}`, "script"],
  ["a path that Go can read", '{mode: data, content: x, path: "{{.Home | json}}/x"}', "path"],
  [
    "permissions of 63 bits",
    '{mode: data, content: x, path: /x, permissions: "1777777777777777777777"}',
    "permissions",
  ],
  ["a script for mode user", '{mode: user, script: ""}', "script"],
  ["no path in mode system", "{script: x, path: /x}", "path"],
  ["no content in mode yq", "{mode: yq, path: /x, expression: ., content: x}", "content"],
  ["no format in mode data", "{mode: data, path: /x, content: x, format: json}", "format"],
  [
    "skipDefaultDependencyResolution in mode dependency only",
    "{script: x, skipDefaultDependencyResolution: true}",
    "skipDefaultDependencyResolution",
  ],
  ["a path for mode data", "{mode: data, content: x}", "path"],
  ["an absolute path", "{mode: data, content: x, path: etc/x}", "path"],
  ["an expression for mode yq", "{mode: yq, path: /x}", "expression"],
  ["octal permissions", "{mode: data, content: x, path: /x, permissions: rw}", "permissions"],
  ["a file or a script, not both", "{script: x, file: x.sh}", "file"],
  ["a file or a content, not both", '{mode: data, path: /x, content: "", file: x}', "file"],
  ["a playbook in mode ansible only", "{script: x, playbook: y}", "playbook"],
])("an entry needs %s", (_what, entry, key) => {
  expect(said(provisionShape, `provision: [${entry}]`)[0]).toBe(`error provision[0].${key}`);
});

test.each([
  "{script: x}",
  "{script: '{{if .User}}x{{end}}'}",
  '{mode: data, path: /x, content: x, permissions: "0777777777777777777777"}',
  "{file: x.sh}",
  '{mode: data, path: /x, content: x, permissions: "644", owner: root, overwrite: false}',
  '{mode: data, path: "{{.Home}}/x", file: x}',
  "{mode: yq, path: /x, expression: ., format: json}",
  "{mode: dependency, script: x, skipDefaultDependencyResolution: true}",
  "{mode: ansible, playbook: x}",
  '{script: x, playbook: ""}',
])("%s is fine", (entry) => {
  expect(said(provisionShape, `provision: [${entry}]`)).toEqual([]);
});
