import { extname } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The exports of a module as the file is now, not as it was at an earlier import.
 * TypeScript is loaded by jiti, which costs time only when there is some.
 *
 * @param checksum Of the file, to tell one content from another.
 */
export async function importModule(path: string, checksum: string): Promise<unknown> {
  if (extname(path) === ".js" || extname(path) === ".mjs") {
    return import(/* @vite-ignore */ `${pathToFileURL(path).href}?checksum=${checksum}`);
  }
  const { createJiti } = await import("jiti");
  return createJiti(path, { moduleCache: false, fsCache: false }).import(path);
}
