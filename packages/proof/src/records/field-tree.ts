import { fieldParts, type Definitions } from "@surql/snapshot";
import { clausesOf, readType, unquoteIdentifier, type TypeTree } from "@surql/surrealql";

/** A field with those inside of it. */
export interface FieldNode {
  /** As the engine writes it: `address.city`, `tags.*`; empty for the record itself. */
  readonly path: string;
  readonly types: readonly TypeTree[];
  readonly assert?: string | undefined;
  /** Whether it may have fields that are not defined. */
  readonly isOpen: boolean;
  /** Set where it is not defined itself, only something inside of it: not every table takes such a field. */
  readonly isImplied?: true | undefined;
  readonly inner: Map<string, FieldNode>;
}

const unsaid: readonly TypeTree[] = [{ kind: "named", name: "any", words: [] }];

/** Arranges the fields of a table by what lies inside of what. Those that are computed are left out. Pure. */
export function fieldTree(fields: Definitions, isOpen: boolean): FieldNode {
  const root: FieldNode = { path: "", types: unsaid, isOpen, inner: new Map() };
  const inOrder = Object.keys(fields).toSorted(
    (a, b) => fieldParts(a).length - fieldParts(b).length,
  );
  for (const path of inOrder) {
    const clauses = clausesOf(fields[path] ?? "");
    if (clauses["COMPUTED"] !== undefined) continue;
    const parts = fieldParts(path);
    const name = parts.at(-1) ?? path;
    let parent = root;
    for (const part of parts.slice(0, -1)) parent = childOf(parent, part);
    const type = clauses["TYPE"];
    parent.inner.set(unquoteIdentifier(name), {
      path,
      types: type === undefined ? unsaid : readType(type),
      assert: clauses["ASSERT"],
      isOpen: isOpen || clauses["FLEXIBLE"] !== undefined,
      inner: new Map(),
    });
  }
  return root;
}

/** A field that something lies inside of; it need not be defined itself. */
function childOf(parent: FieldNode, part: string): FieldNode {
  const name = unquoteIdentifier(part);
  const path = parent.path === "" ? part : `${parent.path}.${part}`;
  const known = parent.inner.get(name) ?? {
    path,
    types: unsaid,
    isOpen: parent.isOpen,
    isImplied: true as const,
    inner: new Map<string, FieldNode>(),
  };
  parent.inner.set(name, known);
  return known;
}
