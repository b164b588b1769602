/**
 * Whether a field holds a value. A path with wildcards gives the values of all its branches, in as many arrays as
 * it has wildcards.
 */
export function hasValue(path: string): string {
  if (!path.includes("*")) return `${path} IS NOT NONE`;
  return `array::any(${flattened(path)}, |$value| $value IS NOT NONE)`;
}

/** The values under a path with wildcards, in one array. */
export function flattened(path: string): string {
  const wildcards = path.split("*").length - 1;
  return `${"array::flatten(".repeat(wildcards)}[${path}]${")".repeat(wildcards)}`;
}
