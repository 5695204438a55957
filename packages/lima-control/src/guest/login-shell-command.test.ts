import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

import { loginShellCommand } from "./login-shell-command.ts";

test.each(["/bin/sh", "/bin/bash"])("every byte of a command arrives through %s as it is", (shell) => {
  const words = [
    "it's",
    `"two" 'times''`,
    "",
    "a b",
    "$HOME `id` $(id) \\",
    "line\nbreak",
    "A=b",
    "-c",
    "ü*?~!",
  ];
  const script = loginShellCommand(["/usr/bin/printf", "<%s>", ...words]);
  const output = execFileSync(shell, ["-c", script], { env: { SHELL: shell, HOME: "/" }, encoding: "utf8" });
  expect(output).toBe(words.map((word) => `<${word}>`).join(""));
});

test("it is the login shell that starts the command", () => {
  const env = { SHELL: "/bin/echo" };
  expect(execFileSync("/bin/sh", ["-c", loginShellCommand(["true"])], { env, encoding: "utf8" })).toBe(
    "-l -c 'true'\n",
  );
});
