/** The command that shows a failure again. */
export function repeatCommand(name: string, seed: number, path: string): string {
  return `npm run fuzz -- --only ${name} --seed ${seed} --path ${path}`;
}
