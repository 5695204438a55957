import type { Path } from "../findings/path.ts";
import { parseSize } from "../sizes/parse-size.ts";
import type { Hit, Rule } from "./rule.ts";

function* sizeHit(path: Path, size: string | undefined): Iterable<Hit> {
  if (size === undefined || parseSize(size) !== undefined) return;
  yield {
    path,
    message: `\`${size}\` is not a size`,
    hint: "write a number and a unit, such as 4GiB or 512MiB",
  };
}

/** Empty `memory` and `disk` mean the default, for Lima as here. */
export const sizes: Rule = {
  code: "BAD_SIZE",
  severity: "error",
  *check({ memory, disk, mounts }) {
    yield* sizeHit(["memory"], memory === "" ? undefined : memory);
    yield* sizeHit(["disk"], disk === "" ? undefined : disk);
    for (const [index, mount] of (mounts ?? []).entries()) {
      yield* sizeHit(["mounts", index, "9p", "msize"], mount["9p"]?.msize);
    }
  },
};
