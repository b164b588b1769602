/**
 * Whether the arguments ask for JSON. Read from the raw ones, because an error in the arguments
 * has to be printed as JSON too.
 */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const given = end === -1 ? argv : argv.slice(0, end);
  return given.some(
    (argument, i) =>
      argument === "--json" ||
      argument === "--format=json" ||
      (argument === "--format" && given[i + 1] === "json"),
  );
}
