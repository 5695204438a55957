export { ProjectError, projectErrorCodes, type ProjectErrorCode } from "./project-error.ts";
export { configFileName, findProject, type Project } from "./find-project.ts";
export { instanceName, projectName } from "./instance-name.ts";
export { initText } from "./init-text.ts";
export { configSchema, type Config } from "./config/schema.ts";
export { configJsonSchema, schemaAddress } from "./config/json-schema.ts";
export { parseConfig, readConfig, type ConfigFile } from "./config/read-config.ts";
export { formatConfigFinding, type ConfigFinding } from "./config/finding.ts";
export {
  definitions,
  type SettingFlags,
  type SettingName,
  type SettingValues,
} from "./settings/definitions.ts";
export { readSettings, type Setting, type Settings, type SettingSources } from "./settings/read-settings.ts";
export { formatOrigin, type Origin } from "./settings/origin.ts";
export { userConfigFile } from "./settings/user-config-file.ts";
export {
  isImageAddress,
  parseImageReference,
  type BadReference,
  type ImageReference,
} from "./image-reference.ts";
export { formatDuration, parseDuration } from "./duration.ts";
export { closest } from "./closest.ts";
