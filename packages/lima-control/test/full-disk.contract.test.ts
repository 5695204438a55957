import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installFakeLimactl } from "@sysinit/lima-control/fake";
import { runProcess } from "@sysinit-internal/process";

import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";

// A small file system needs a mount, which an ordinary user may do in a namespace of its own where the system allows it;
// limactl then has to be that user again.
const enter = ["--map-root-user", "--mount", "sh", "-c"];
const script =
  'mount -t tmpfs -o size=200k tmpfs "$1"; uid=$2; gid=$3; shift 3; exec unshare --user --map-user="$uid" --map-group="$gid" "$@"';
const ids = [String(process.getuid?.()), String(process.getgid?.())];
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", [...enter, script, "sh", "/mnt", ...ids, "true"]).status === 0;

test.skipIf(!canMount)(
  "a VM on a full disk can be stopped, and goes at its end without a trace",
  async () => {
    await using fake = await installFakeLimactl();
    const home = await makeLimaHome();
    const program = join(import.meta.dirname, "programs/end-on-full-disk.ts");
    const node = [
      process.execPath,
      "--disable-warning=ExperimentalWarning",
      "--conditions=@sysinit/source",
      program,
      fake.limactl,
      home,
    ];
    const { stdout, stderr } = await runProcess({
      file: "unshare",
      args: [...enter, script, "sh", home, ...ids, ...node],
      env: { ...process.env, ...fake.options.env },
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      protectedBy: "LIMA_HOME_UNUSABLE",
      state: "stopped",
      left: ["_sysinit", "filler"],
      locks: [],
    });
    await removeLimaHome(fake.limactl, home);
  },
);
