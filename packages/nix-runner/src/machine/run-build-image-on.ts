import { basename, extname, join, resolve } from "node:path";

import { askFilePath, contradicts } from "../build-image.ts";
import { buildOnce } from "../build-once.ts";
import { checkBuildOptions } from "../build-options.ts";
import { BuildSession } from "../build-session.ts";
import { outcomeOf, throwIfAborted } from "../build.ts";
import { NixRunnerError } from "../errors.ts";
import { tookTooLong } from "../failures/ended-by-us.ts";
import { findImageIn } from "../find-image.ts";
import { parseDerivationSystem } from "../nix/derivation.ts";
import type { FlakeProvenance } from "../nix/flake-metadata.ts";
import { parseInstallable } from "../nix/installable.ts";
import { queryFlake } from "../nix/query.ts";
import { warnOfLargeCopy } from "../warn-of-large-copy.ts";
import type { BuildImageOnOptions, CopiedImage } from "./copied-image.ts";
import { copyImage } from "./copy-image.ts";
import { flakeSource } from "./flake-source.ts";
import { machineFiles } from "./machine-files.ts";
import { askMachineVersion, machineNix } from "./machine-nix.ts";
import { sendFlake, type SentFlake } from "./send-flake.ts";
import { makeWorkspace } from "./workspace.ts";

/** What `buildImageOn` does, loaded when it is called: a build on this machine need not wait for it. */
export async function runBuildImageOn(options: BuildImageOnOptions): Promise<CopiedImage> {
  checkBuildOptions(options);
  const { installable, timeoutMs, machine } = options;
  const session = new BuildSession({ ...options, isLocal: false });
  try {
    throwIfAborted(session, installable);
    session.enter("evaluate");
    const workspace = await makeWorkspace(machine, session.signal);
    try {
      const image = await buildInWorkspace(options, session, workspace.path);
      session.enter("done");
      session.throwFailure();
      return image;
    } finally {
      await workspace.remove();
    }
  } catch (error) {
    session.throwFailure();
    if (session.isLate) throw new NixRunnerError(tookTooLong(installable, timeoutMs!));
    if (!NixRunnerError.is(error)) throwIfAborted(session, installable);
    throw error;
  } finally {
    session.end();
  }
}

async function buildInWorkspace(
  options: BuildImageOnOptions,
  session: BuildSession,
  workspace: string,
): Promise<CopiedImage> {
  const { installable, filePath, machine, maxSilentMs, nixOptions = {}, timeoutMs } = options;
  const { signal } = session;
  const version = await askMachineVersion(machine, signal);
  const sent = await sendOwnFlake(options, session, `${workspace}/flake`);
  const argument =
    sent === undefined ? parseInstallable(installable).argument : argumentThere(installable, sent);
  const nix = machineNix(machine, sent?.translate);
  const output = await buildOnce(
    {
      installable,
      argument,
      outLink: `${workspace}/out`,
      nix,
      nixOptions,
      maxSilentMs,
      timeoutMs,
      facts: async () => ({ machine: machine.name, nixVersion: version }),
    },
    session,
  );
  const { drvPath, outputs } = output;
  const seconds = session.atMs / 1000;

  session.enter("find-image");
  const files = machineFiles(machine, signal);
  const query = { nix, signal };
  const outPath = outputs["out"] ?? Object.values(outputs)[0]!;
  const found = await findImageIn(files, { outPath, filePath, installable }, () =>
    askFilePath(query, argument),
  );
  if (contradicts(extname(found.file), found.format))
    session.warn(`${found.file} is a ${found.format} image, whatever its name says`);
  const { flakeReference } = parseInstallable(argument);
  const metadata = flakeReference === undefined ? undefined : await queryFlake(query, flakeReference);
  const system = parseDerivationSystem((await files.text(drvPath)) ?? "");
  const flake = sent === undefined ? metadata : withHash(sent.provenance, metadata);

  session.enter("copy");
  const file = join(resolve(options.directory), withoutHash(basename(found.file)));
  const sizeBytes = await copyImage(machine, found.file, file, signal);
  return {
    installable,
    file,
    format: found.format,
    sizeBytes,
    machine: machine.name,
    outPath,
    drvPath,
    ...(system === undefined ? {} : { system }),
    ...(flake === undefined ? {} : { flake }),
    outcome: outcomeOf(session.state, output),
    seconds,
  };
}

async function sendOwnFlake(
  options: BuildImageOnOptions,
  session: BuildSession,
  target: string,
): Promise<SentFlake | undefined> {
  const { installable, machine, cwd = process.cwd(), env = process.env } = options;
  const { flakeReference } = parseInstallable(installable);
  const source = flakeReference === undefined ? undefined : flakeSource(flakeReference, cwd);
  if (source === undefined) return undefined;
  await warnOfLargeCopy(options, session);
  return sendFlake(source, machine, target, { env, signal: session.signal });
}

/** The same attribute and outputs, of the flake's copy. */
function argumentThere(installable: string, { reference }: SentFlake): string {
  const { argument, attribute } = parseInstallable(installable);
  const outputs = /\^[^^]*$/.exec(argument)?.[0] ?? "";
  return `${reference}${attribute === undefined ? "" : `#${attribute}`}${outputs}`;
}

function withHash(provenance: FlakeProvenance, metadata: FlakeProvenance | undefined): FlakeProvenance {
  return metadata?.narHash === undefined ? provenance : { ...provenance, narHash: metadata.narHash };
}

/** An output that is a file is named by its hash first. */
function withoutHash(name: string): string {
  return name.replace(/^[0-9a-z]{32}-/, "");
}
