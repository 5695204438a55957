import { imagesDirectory } from "@sysinit/image-store";
import { createLima, detectAccelerator, type Lima } from "@sysinit/lima-control";
import { createOutput, runApp, type AppContext } from "@sysinit-internal/terminal";

import { exitRules } from "@sysinit-internal/machine";

/** Options that every command has. */
export interface CommonOptions {
  json?: boolean;
  quiet?: boolean;
}

/** What a command works with; tools are looked for when they are first needed. */
export interface CommandContext extends AppContext {
  env: Readonly<Record<string, string | undefined>>;
  directory: string;
  imagesDirectory(): string;
  /** For everything but starting a VM. */
  lima(): Lima;
  /** For starting a VM: knows the accelerator, and has said which it is. */
  limaForStart(): Promise<Lima>;
}

/** Runs the body of a command with its context; errors, signals and exit status are dealt with. */
export async function runCommand(
  options: CommonOptions,
  body: (context: CommandContext) => Promise<number | void>,
): Promise<void> {
  const { env } = process;
  const output = createOutput({ json: options.json, quiet: options.quiet, env });
  // From the checkout pnpm runs us in its root; paths are meant from where the person is.
  const directory = env["INIT_CWD"] ?? process.cwd();
  await runApp(output, exitRules, (app) =>
    body({
      ...app,
      env,
      directory,
      imagesDirectory: () => imagesDirectory({ env }),
      lima: () => createLima({ env }),
      limaForStart: async () => {
        const accelerator = await detectAccelerator({ env });
        if (!accelerator.hardware) output.say(`no hardware acceleration: ${accelerator.reason}`);
        return createLima({ env, accelerator });
      },
    }),
  );
}
