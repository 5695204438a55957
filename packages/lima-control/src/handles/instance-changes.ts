/** What a field of a template can hold. */
export type TemplateValue =
  string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** What to change in the template of an instance. */
export interface InstanceChanges {
  cpus?: number | undefined;
  memoryBytes?: number | undefined;
  /** Lima can make a disk larger, never smaller; it does so at the next start. */
  diskBytes?: number | undefined;
  /** Other fields by their dotted paths, as `{ "ssh.localPort": 60022 }`; values are data, whatever they hold. */
  set?: Readonly<Record<string, TemplateValue>> | undefined;
}
