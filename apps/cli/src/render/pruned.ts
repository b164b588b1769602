/** Which snapshots were deleted. */
export function renderPruned({ deleted }: { readonly deleted: readonly string[] }): string {
  if (deleted.length === 0) return "No snapshot was deleted.";
  return ["Deleted:", ...deleted.map((version) => `  ${version}`)].join("\n");
}
