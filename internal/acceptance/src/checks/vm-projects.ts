import { randomBytes } from "node:crypto";
import { readdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { fail, pass, skip, type Check } from "../check.ts";
import { needGuest, shown } from "../guest-text.ts";

export const vmProjects: Check = {
  id: "vm.projects",
  section: "VM Functionality",
  title: "Project directory mounted: `ls ~/projects` shows host contents",
  stage: "guest",
  async run({ guest, host, signal }) {
    if (host === undefined) return skip("the template does not mount the host's ~/projects");
    const vm = needGuest(guest);
    const token = randomBytes(6).toString("hex");
    const fromHost = `lima-acceptance-${token}-host.txt`;
    const fromGuest = `lima-acceptance-${token}-guest.txt`;
    const onHost = (name: string) => join(host.projectsDirectory, name);
    try {
      await writeFile(onHost(fromHost), token, { flag: "wx" });
      const script = 'cd ~/projects && pwd && cat "$1" && echo && printf %s "$2" > "$3" && ls -A';
      const result = await vm.exec(["sh", "-c", script, "sh", fromHost, token, fromGuest], { signal });
      if (result.exitCode !== 0) return fail(shown(result));
      const [directory, read, ...listed] = result.stdout.trim().split("\n");
      if (directory !== "/home/dev/projects")
        return fail(`~/projects is ${directory}, not /home/dev/projects`);
      if (read !== token) return fail(`the guest read "${read}" from a file that holds "${token}"`);
      const missing = (await readdir(host.projectsDirectory)).filter((name) => !listed.includes(name));
      if (missing.length > 0) return fail(`not visible in the guest: ${missing.join(", ")}`);
      const written = await readFile(onHost(fromGuest), "utf8").catch(() => "");
      if (written !== token) return fail(`a file written in the guest reads "${written}" on the host`);
      return pass(`${directory} shows ${listed.length} entries of the host; writes travel both ways`);
    } finally {
      for (const name of [fromHost, fromGuest]) await unlink(onHost(name)).catch(() => undefined);
    }
  },
};
