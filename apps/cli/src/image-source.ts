import { chooseImageSource, type GuestChoice, type ImageSource } from "@sysinit-internal/machine";
import { answersBinaryCache } from "@sysinit/nix-runner";

import type { CommandContext } from "./command-context.ts";

/** What to build, said in one line when it was not the user who named it. */
export async function imageSource(
  context: CommandContext,
  installable: string | undefined,
  guest: GuestChoice | undefined,
): Promise<ImageSource> {
  const { env, signal, directory, output } = context;
  const source = await chooseImageSource({
    directory,
    installable,
    guest,
    answersBinaryCache: () => answersBinaryCache({ env, signal }),
  });
  if (installable === undefined) output.say(`image: ${source.installable} (${source.why})`);
  return source;
}
