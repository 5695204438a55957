import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

/** The daemon is down, forbidden to us, or it died under the build. */
export const daemon: FailureCause = ({ raw }, { installable }) => {
  const unreachable = /cannot connect to (?:socket|daemon) at '([^']+)'(?:: (.*))?/.exec(raw);
  if (unreachable !== null) {
    const [, socket, why] = unreachable;
    const forbidden = why !== undefined && /Permission denied/.test(why);
    return {
      code: "DAEMON",
      message: `nix could not build ${installable}: its daemon does not answer at ${socket}${why === undefined ? "" : `: ${oneLine(why)}`}`,
      hint: forbidden
        ? "ask for your user to be added to allowed-users in /etc/nix/nix.conf"
        : "start it: sudo systemctl start nix-daemon (macOS: sudo launchctl kickstart -k system/org.nixos.nix-daemon)",
      details: { socket },
    };
  }
  if (!/daemon disconnected unexpectedly/i.test(raw)) return undefined;
  return {
    code: "DAEMON",
    message: `building ${installable} broke off: the nix daemon went away`,
    hint: "build again; a builder that the daemon left behind may still be running",
  };
};
