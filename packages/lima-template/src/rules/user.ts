import type { Rule } from "./rule.ts";

const windowsShells = /(^|[\\/])(cmd|powershell|pwsh)\.exe$/i;

export const userRefused: Rule = {
  code: "USER_REFUSED",
  severity: "error",
  *check({ user, os }) {
    if (user?.name === "root") {
      yield {
        path: ["user", "name"],
        message: "root cannot be the user of an instance",
        hint: "any other name has sudo",
      };
    }
    if (user?.uid === 0) yield { path: ["user", "uid"], message: "uid 0 is root, which Lima does not allow" };
    const shell = user?.shell;
    if (shell === undefined) return;
    if (os === "Windows") {
      if (!windowsShells.test(shell))
        yield { path: ["user", "shell"], message: `\`${shell}\` is not a shell of Windows guests` };
    } else if (!shell.startsWith("/")) {
      yield { path: ["user", "shell"], message: `\`${shell}\` must be an absolute path in the guest` };
    }
  },
};

export const userHomeDefault: Rule = {
  code: "USER_HOME_DEFAULT",
  severity: "warning",
  *check({ user }, { partial }) {
    if (partial || user?.name === undefined || user.home !== undefined) return;
    yield {
      path: ["user", "name"],
      message: `without \`home\` the home is /home/${user.name}.guest (Lima 2.1 and newer) or /home/${user.name}.linux`,
      hint: 'add `home: "/home/{{.User}}"`',
    };
  },
};

export const sudoNeedsPlain: Rule = {
  code: "SUDO_NEEDS_PLAIN",
  severity: "error",
  *check({ user, plain, os, vmType }, { partial }) {
    if (user?.passwordlessSudo === undefined) return;
    const path = ["user", "passwordlessSudo"];
    if (os === "Darwin") {
      if (user.passwordlessSudo) yield { path, message: "macOS guests have no passwordless sudo" };
    } else if (!user.passwordlessSudo && vmType === "wsl2") {
      yield { path, message: "WSL2 guests always have passwordless sudo" };
    } else if (!user.passwordlessSudo && plain !== true && !partial) {
      yield { path, message: "false needs `plain: true`" };
    }
  },
};
