import { statSync } from "node:fs";
import { resolve } from "node:path";

import { loadTemplate, type Finding } from "@sysinit/lima-template";

import { verdictOn } from "../verdict.ts";
import type { PlainValidation } from "./plain-validation.ts";
import { print } from "./print.ts";

/**
 * `template validate` of a file that has nothing out of the ordinary: no `base` that limactl would have to be asked for, YAML
 * without faults. False, with nothing said, for every other file: those are left to the whole program.
 */
export async function validateFile({ file, json }: PlainValidation): Promise<boolean> {
  const findings = await findingsOf(file);
  if (findings === undefined || findings.some(isLeft)) return false;
  const { value, text, exitCode } = verdictOn(findings, file);
  await print(`${json ? JSON.stringify(value) : text}\n`);
  process.exitCode = exitCode;
  return true;
}

async function findingsOf(file: string): Promise<Finding[] | undefined> {
  try {
    // What comes through a pipe can be read only once.
    if (!statSync(file).isFile()) return undefined;
    return (await loadTemplate(resolve(file))).findings;
  } catch {
    return undefined;
  }
}

// The build of the YAML reader that is bundled here may say a fault in other words.
const isLeft = ({ code }: Finding) => code === "BASE_NOT_LOCAL" || code.startsWith("YAML_");
