/**
 * The command that words begin with, as words: `migrate repair` of `migrate repair 20260109_120000`. Where a command takes no arguments, oclif
 * takes what stands behind it for a part of its name, and does not find it.
 */
export async function commandIn(
  words: readonly string[],
  root: string,
): Promise<readonly string[] | undefined> {
  const { Config } = await import("@oclif/core/config");
  const config = await Config.load(root);
  for (let length = words.length - 1; length > 0; length--) {
    const command = words.slice(0, length);
    if (config.findCommand(command.join(":")) !== undefined) return command;
  }
  return undefined;
}
