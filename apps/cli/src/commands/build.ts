import { buildImage } from "@sysinit/nix-runner";
import type { GuestChoice } from "@sysinit-internal/machine";
import { BuildView, during, formatSeconds, narrateBuild } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";

export async function build(
  context: CommandContext,
  installable: string | undefined,
  options: { guest?: GuestChoice },
): Promise<void> {
  const { output } = context;
  const source = await imageSource(context, installable, options.guest);
  const step = output.step(`build ${source.installable}`);
  const view = new BuildView();
  const work = () =>
    buildImage({
      installable: source.installable,
      cwd: context.directory,
      env: context.env,
      signal: context.signal,
      // What is printed is to be there for the next command.
      keepRoot: true,
      onEvent: narrateBuild(step, view),
    });
  const built = await during(step, work, ({ outcome }) =>
    [outcome, view.summary()].filter((text) => text !== "").join(": "),
  );
  const { root } = built;
  output.say(`kept from nix's garbage collector by ${root}; to let it go: rm -r ${root}`);
  output.data(
    built,
    `${built.outPath}\n${built.file}\n${built.format}, ${built.outcome} in ${formatSeconds(built.seconds)}`,
  );
}
