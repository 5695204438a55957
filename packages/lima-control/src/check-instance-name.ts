import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { LimaControlError } from "./failures/lima-control-error.ts";

// pkg/identifiers/validate.go and pkg/limatype/dirnames/dirnames.go of Lima.
const namePattern = /^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$/;
const maxNameLength = 76;

// The longest socket that Lima makes: ssh's control socket while it is being made (pkg/instance/create.go).
const longestSocket = "ssh.sock.1234567890123456";

/** sizeof(sun_path), the terminating zero included: unix(7), sys/un.h. */
const socketPathBytes = process.platform === "darwin" ? 104 : 108;

/**
 * Checks what Lima would refuse later: the name itself, and whether the sockets below LIMA_HOME get paths that the
 * system takes. Starts no process and changes nothing.
 *
 * @param home LIMA_HOME; symbolic links in it are resolved, as Lima does.
 * @throws LimaControlError BAD_INSTANCE_NAME, PATH_TOO_LONG
 */
export function checkInstanceName(name: string, home: string): void {
  const why = whyNameIsBad(name);
  if (why !== undefined) {
    throw new LimaControlError({
      code: "BAD_INSTANCE_NAME",
      message: `${JSON.stringify(name)} cannot be the name of an instance: ${why}`,
      hint: "Use letters and digits, with single dots, dashes or underscores between them.",
      details: { name },
    });
  }
  const room = nameBytesLeft(home);
  if (Buffer.byteLength(name) > room) {
    throw new LimaControlError({
      code: "PATH_TOO_LONG",
      message: `the sockets of instance ${name} below ${home} would have paths longer than ${socketPathBytes - 1} bytes`,
      hint:
        room > 0
          ? `Use a name of at most ${room} characters, or a shorter LIMA_HOME.`
          : "Use a shorter LIMA_HOME, for example one directly below your home directory.",
      details: { name, home, longestNameBytes: Math.max(room, 0) },
    });
  }
}

/** How many bytes a name may have below this LIMA_HOME; not positive when it is too long for any name. */
export function nameBytesLeft(home: string): number {
  const around = join(resolveLinks(home), "/", longestSocket);
  return socketPathBytes - 1 - Buffer.byteLength(around) - 1;
}

function whyNameIsBad(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.length > maxNameLength)
    return `it has ${name.length} characters, and ${maxNameLength} are allowed`;
  if (/\.ya?ml$/i.test(name)) return "limactl takes what ends in .yaml or .yml for a file";
  if (!namePattern.test(name))
    return "it holds something else than letters, digits and single . _ - between them";
  return undefined;
}

// LIMA_HOME need not exist yet, then the part that does counts.
function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(resolveLinks(parent), basename(path));
  }
}
