import { dirname } from "node:path";

import { readConfig, type ConfigFile } from "../config/read-config.ts";
import { configSchema } from "../config/schema.ts";
import type { Project } from "../find-project.ts";
import { ProjectError } from "../project-error.ts";
import {
  definitions,
  type Definition,
  type SettingFlags,
  type SettingName,
  type SettingValues,
} from "./definitions.ts";
import type { Origin } from "./origin.ts";
import { userConfigFile } from "./user-config-file.ts";

/** A setting with where it came from. */
export interface Setting<Value> {
  value: Value;
  origin: Origin;
  /** Where relative paths in it start from: that of its file, else that of the command. */
  directory: string;
}

/** What holds; a setting that nobody made is absent. */
export type Settings = { [Name in SettingName]?: Setting<SettingValues[Name]> };

export interface SettingSources {
  flags?: SettingFlags | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** The project whose file counts, if any. */
  project?: Project | undefined;
  /** Where the command was started. */
  directory: string;
}

/**
 * The settings: a flag wins over the environment, that over the project's file, and that over the user's own. A list is taken
 * from one of them as a whole.
 *
 * @throws ProjectError BAD_SETTING, CONFIG_INVALID, CONFIG_UNREADABLE
 */
export async function readSettings(sources: SettingSources): Promise<Settings> {
  const { flags = {}, env, project, directory } = sources;
  const userFile = userConfigFile(env);
  const files: { kind: "project" | "user"; read: ConfigFile | undefined }[] = [
    { kind: "project", read: project && (await readConfig(project.file)) },
    { kind: "user", read: userFile === undefined ? undefined : await readConfig(userFile) },
  ];
  const settings: Record<string, Setting<unknown>> = {};
  for (const [name, definition] of Object.entries(definitions) as [SettingName, Definition][]) {
    const said =
      fromText(definition, flags[name], "flag", directory) ??
      fromText(definition, nonEmpty(env[definition.variable ?? ""]), "environment", directory) ??
      files
        .map(({ kind, read }) => read && fromFile(definition, kind, read))
        .find((found) => found !== undefined);
    if (said !== undefined) settings[name] = said;
  }
  return settings as Settings;
}

const nonEmpty = (text: string | undefined) => (text === "" ? undefined : text);

function fromText(
  definition: Definition,
  text: string | undefined,
  kind: "flag" | "environment",
  directory: string,
): Setting<unknown> | undefined {
  if (text === undefined) return undefined;
  const name = (kind === "flag" ? definition.flag : definition.variable)!;
  // A time limit without a unit is one in seconds, as `timeout` of coreutils has it.
  const written = definition.path.at(-1) === "startTimeout" && /^\d+$/.test(text) ? `${text}s` : text;
  const value = definition.numeric === true && /^\d+$/.test(written) ? Number(written) : written;
  const nested = definition.path.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), value);
  const { error } = configSchema.safeParse(nested);
  if (error === undefined) return { value, origin: { kind, name }, directory };
  const why = definition.numeric === true ? "must be a whole number of at least 1" : error.issues[0]!.message;
  throw new ProjectError({
    code: "BAD_SETTING",
    message: `${name} ${why}, not ${JSON.stringify(text)}`,
    details: { name, value: text },
  });
}

function fromFile(
  { path }: Definition,
  kind: "project" | "user",
  { config, file, placeOf }: ConfigFile,
): Setting<unknown> | undefined {
  const value = path.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown> | undefined)?.[key],
    config,
  );
  return value === undefined
    ? undefined
    : { value, origin: { kind, file, ...placeOf(path) }, directory: dirname(file) };
}
