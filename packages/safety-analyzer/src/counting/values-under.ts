/**
 * Whether a field holds a value. A path with wildcards gives the values of all its branches, in as many arrays as
 * it has wildcards.
 */
export function hasValue(path: string): string {
  if (!path.includes("*")) return `${path} IS NOT NONE`;
  return `array::any(${flattened(path)}, |$value| $value IS NOT NONE)`;
}

/**
 * The values under a path with wildcards, in one array. At its end, `.*` would follow record links to what they
 * lead to (measured on 3.0.2), so lists are taken as they are.
 */
export function flattened(path: string): string {
  const wildcards = path.split("*").length - 1;
  return `${"array::flatten(".repeat(wildcards)}[${elements(path)}]${")".repeat(wildcards)}`;
}

function elements(path: string): string {
  if (!path.endsWith(".*")) return path;
  const list = path.slice(0, -2);
  return `IF type::is_array(${list}) { ${list} } ELSE IF type::is_set(${list}) { <array> ${list} } ELSE { ${path} }`;
}
