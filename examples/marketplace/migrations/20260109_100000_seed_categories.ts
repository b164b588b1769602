/**
 * A migration as a module: the tree below is easier to read, and to extend,
 * than the statements that it becomes.
 */
export const metadata = {
  version: "20260109_100000",
  description: "Load the category tree",
  author: "marketplace",
};

const tree: Readonly<Record<string, readonly string[]>> = {
  Books: ["Fiction", "Travel", "Cooking", "Science"],
  Kitchen: ["Knives", "Pots", "Coffee", "Storage"],
  Garden: ["Seeds", "Tools", "Furniture"],
  Clothing: ["Jackets", "Shoes", "Hats"],
  Toys: ["Puzzles", "Models", "Games"],
  Music: ["Strings", "Keys", "Drums"],
};

interface Category {
  readonly slug: string;
  readonly name: string;
  readonly position: number;
  readonly parent?: string;
}

const categories: readonly Category[] = Object.entries(tree).flatMap(([root, leaves], position) => {
  const parent = root.toLowerCase();
  const children = leaves.map((name, at) => ({
    slug: `${parent}_${name.toLowerCase()}`,
    name,
    position: at,
    parent,
  }));
  return [{ slug: parent, name: root, position }, ...children];
});

function createCategory({ slug, name, position, parent }: Category): string {
  const place =
    parent === undefined ? "" : `, parent = category:${parent}, trail = [category:${parent}]`;
  return `CREATE category:${slug} SET name = '${name}', slug = '${slug}', position = ${position}${place};`;
}

export function up(): string[] {
  return categories.map(createCategory);
}

export function down(): string[] {
  return categories.map(({ slug }) => `DELETE category:${slug};`).toReversed();
}
