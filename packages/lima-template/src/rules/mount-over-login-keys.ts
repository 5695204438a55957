import { guestHome, mountPointOf } from "./mount-point-of.ts";
import type { Rule } from "./rule.ts";

/**
 * With cloud-init the login key is in `~/.ssh/authorized_keys`; a mount there hides it and nobody gets in. Images that
 * keep them elsewhere (below /etc/ssh or /run) are not affected, which cannot be seen from the template.
 */
export const mountOverLoginKeys: Rule = {
  code: "MOUNT_OVER_LOGIN_KEYS",
  severity: "warning",
  *check(template) {
    const home = guestHome(template);
    for (const [index, mount] of (template.mounts ?? []).entries()) {
      const point = mountPointOf(mount, template);
      const overKeys =
        home === undefined
          ? /(^\{\{-?\s*\.Home\s*-?\}\}|^\/home\/[^/]+)\/\.ssh$/.test(point)
          : point === `${home}/.ssh`;
      if (!overKeys) continue;
      yield {
        path: ["mounts", index, mount.mountPoint === undefined ? "location" : "mountPoint"],
        message:
          "hides ~/.ssh/authorized_keys in the guest: nobody gets in unless the image has login keys elsewhere",
        hint: 'the image must keep them elsewhere, as below /run; else mount at "{{.Home}}/.ssh-host"',
      };
    }
  },
};
