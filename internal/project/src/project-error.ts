import { brandOf, CodedError, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";

/** What can go wrong with the configuration of a project's VM, by its stable code. */
export const projectErrorCodes = {
  BAD_SETTING: "A flag or a variable of the environment holds a value that the setting does not take.",
  CONFIG_EXISTS: "There is a lima-cli.yaml already; it is never overwritten.",
  CONFIG_INVALID: "A configuration file has errors; each is told with file, line and column.",
  CONFIG_UNREADABLE: "A configuration file is there but cannot be read.",
  NO_PROJECT: "The command needs a name, or a folder of a project.",
} as const satisfies Record<string, string>;

export type ProjectErrorCode = keyof typeof projectErrorCodes;

const brand = brandOf("@sysinit-internal/project");

export class ProjectError extends CodedError<ProjectErrorCode> {
  override readonly name = "ProjectError";

  constructor(init: CodedErrorInit<ProjectErrorCode>) {
    super(brand, init);
  }

  /** Whether a value is such an error, with that code if one is given. */
  static is(value: unknown, code?: ProjectErrorCode): value is ProjectError {
    return hasBrand(value, brand) && (code === undefined || (value as ProjectError).code === code);
  }
}
