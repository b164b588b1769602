/** Modules of built-in functions that only compute, and functions without a module. */
const computing = new Set(
  (
    "array bytes count crypto duration encoding future geo math meta migration ml not object parse rand record " +
    "schema search session set sleep string time type ulid uuid value vector"
  ).split(" "),
);

/** Functions that only compute or read, in modules that can do more. */
const harmless = /^(api::(timeout|req::.*|res::.*)|file::(bucket|key|get|head|exists|list))$/;

const fileEffects = new Set(
  "put put_if_not_exists delete copy copy_if_not_exists rename rename_if_not_exists".split(" "),
);

/**
 * Says whether a call can do something besides computing its result: stored functions, `http::*`,
 * writing `file::*`, sequences, and every function that is not known.
 *
 * @param name The path of the function, such as `string::len`; `fn::…` and the like in any case.
 */
export function hasEffects(name: string): boolean {
  const path = name.toLowerCase();
  const [module = ""] = path.split("::");
  return !computing.has(module) && !harmless.test(path);
}

/** The function that a method call stands for, when that one has effects: `$file.put(…)`. */
export function effectOfMethod(name: string): string | undefined {
  const method = name.toLowerCase();
  return fileEffects.has(method) ? `file::${method}` : undefined;
}
