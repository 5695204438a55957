import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";

import { limaHome } from "@sysinit-internal/machine/lima-home";

import type { FindMends } from "../mend.ts";

/** Lima's own login key, which ssh does not use when others may read it. */
export const keyPermissions: FindMends = async ({ env }) => {
  const home = limaHome(env);
  const key = join(home ?? "", "_config/user");
  const mode = home === undefined ? undefined : (await stat(key).catch(() => undefined))?.mode;
  if (mode === undefined || (mode & 0o077) === 0) return [];
  return [
    {
      problem: `others may read ${key}, so ssh will not log in with it`,
      action: `chmod 600 ${key}`,
      mend: () => chmod(key, 0o600),
    },
  ];
};
