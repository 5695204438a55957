/** What each error of this package means, by its stable code. */
export const limaTemplateErrorCodes = {
  TEMPLATE_UNREADABLE: "The template's file does not exist or cannot be read.",
  INVALID_TEMPLATE:
    "Values given in code do not make a template that Lima accepts; the findings are in `details`.",
  LIMACTL_FAILED: "limactl does not say where its templates are.",
  UNQUOTABLE_VALUE: "A value that no word of a shell script can hold.",
} as const satisfies Record<string, string>;

/** Stable identifier of an error of this package. */
export type LimaTemplateErrorCode = keyof typeof limaTemplateErrorCodes;
