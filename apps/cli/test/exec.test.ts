import { installFakeLimactl, type FakeLimactl } from "@sysinit/lima-control/fake";
import { createLima, type RunningVm } from "@sysinit/lima-control";
import { afterAll, beforeAll, expect, it } from "vitest";

import { cli } from "./run-cli.ts";

let fake: FakeLimactl;
let vm: RunningVm;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  fake = await installFakeLimactl();
  vm = await createLima(fake.options).launch({ name: "vm", template: "images: [{location: /etc/passwd}]" });
  env = { ...fake.options.env, LIMA_HOME: fake.options.home };
}, 60_000);

afterAll(async () => {
  await vm.delete();
  await fake.remove();
});

const inGuest = (command: string) => cli(["exec", "vm", "--", "sh", "-c", command], { env });

it("exec passes on what the command writes byte for byte, and nothing else", async () => {
  expect(await inGuest("printf 'no newline'; printf why >&2; exit 7")).toEqual({
    status: 7,
    signal: null,
    stdout: "no newline",
    stderr: "why",
  });
  expect((await inGuest("printf 'a\\r\\n\\tb\\n\\n'")).stdout).toBe("a\r\n\tb\n\n");
});

it("exec passes on all of a long output", async () => {
  expect((await inGuest("head -c 20000000 /dev/zero | tr '\\0' x")).stdout).toHaveLength(20_000_000);
});
