/**
 * The code of a tagged template, as it is written, with something in the place of each value. Only what JavaScript
 * itself makes one escape, `` \` `` and `\${`, is unescaped.
 */
export function interleave<Value>(
  { raw }: TemplateStringsArray,
  values: readonly Value[],
  render: (value: Value) => string,
): string {
  const code = raw.map((text) => text.replace(/\\(?=`|\$\{)/g, ""));
  return code.reduce((before, text, index) => `${before}${render(values[index - 1]!)}${text}`);
}
