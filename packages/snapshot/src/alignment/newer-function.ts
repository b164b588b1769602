/** The functions of 2.x that 3.x calls otherwise, but for `is` and `from`. */
const renamed: Readonly<Record<string, string>> = {
  "type::thing": "type::record",
  "rand::guid": "rand::id",
  "string::distance::osa_distance": "string::distance::osa",
};

/**
 * What 3.x calls a function of 2.x: `type::is::int` is `type::is_int`, `time::from::unix` is `time::from_unix`. 3.0 reads none of the old names, so no
 * text of its own has one.
 */
export function newerFunction(path: string): string {
  const newer = renamed[path];
  return newer ?? path.replace(/^(type|string|time|geo|duration)::(is|from)::(\w+)$/, "$1::$2_$3");
}
