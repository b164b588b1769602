/**
 * Fills `product.embedding`, whose index is already there: an index that is
 * built in one transaction with the data would miss it.
 *
 * The vectors stand in for those of a language model: products of one kind lie
 * close together, and the same product always gets the same vector.
 */
export const metadata = {
  version: "20260223_100000",
  description: "Fill product.embedding",
  author: "marketplace",
};

const products = 800;
const kinds = 14;
const dimensions = 8;
const batch = 100;

function embedding(product: number): number[] {
  const kind = product % kinds;
  return Array.from({ length: dimensions }, (_, axis) => {
    const centre = Math.cos((kind + 1) * (axis + 1));
    const offset = (((product * (axis + 3)) % 17) - 8) / 100;
    return Number((centre + offset).toFixed(3));
  });
}

function embedBatch(first: number): string {
  const count = Math.min(batch, products - first);
  const rows = Array.from(
    { length: count },
    (_, at) => `[${first + at}, [${embedding(first + at).join(", ")}]]`,
  );
  return [
    `FOR $row IN [${rows.join(", ")}] {`,
    "  UPDATE type::record('product', $row[0]) SET embedding = $row[1];",
    "};",
  ].join("\n");
}

export function up(): string[] {
  return Array.from({ length: Math.ceil(products / batch) }, (_, at) => embedBatch(at * batch));
}

export function down(): string[] {
  return [`UPDATE product:0..${products} UNSET embedding;`];
}
