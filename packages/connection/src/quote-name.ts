/** Writes a name so that SurrealQL takes it as it is, whatever is in it. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}
