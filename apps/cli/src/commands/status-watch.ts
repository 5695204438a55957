import { LimaControlError } from "@sysinit/lima-control";
import { LiveArea } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import { statusOf } from "../machine/status-of.ts";
import type { Target } from "../target.ts";

/**
 * Shows how a VM is whenever that changes, until it is gone or Ctrl-C: drawn over on a terminal, one after the other elsewhere.
 * Throws INSTANCE_NOT_FOUND when there is none at first.
 */
export async function watchStatus(context: CommandContext, target: Target): Promise<void> {
  const { output, signal } = context;
  const { stdout, json } = output;
  const isLive = stdout.isTTY && context.env["TERM"] !== "dumb" && !json;
  const area = isLive ? new LiveArea(stdout) : undefined;
  let last = "";
  const show = async () => {
    const { data, text } = await statusOf(context, target);
    if (isOver) return;
    if (area !== undefined) area.draw(text.split("\n"));
    else if (text !== last) output.data(data, `${text}\n`);
    last = text;
  };
  // What was seen last stays. Before Ctrl-C is answered, which would stand where the picture is drawn over.
  let isOver = false;
  const leave = () => {
    if (isOver) return;
    isOver = true;
    area?.end();
    if (area !== undefined && last !== "") stdout.write(`${last}\n`);
  };
  const stopIntercepting = context.intercept(() => {
    leave();
    return false;
  });
  try {
    await show();
    for await (const event of limaOf(context).watch({ signal })) {
      if (event.name !== target.name) continue;
      if (event.type === "removed") break;
      await show();
    }
  } catch (error) {
    if (last === "" || !LimaControlError.is(error, "INSTANCE_NOT_FOUND")) throw error;
  } finally {
    stopIntercepting();
    leave();
  }
  if (!signal.aborted) output.say(`${target.name} is gone`);
}
