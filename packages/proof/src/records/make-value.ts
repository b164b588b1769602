import { quoteString } from "@surql/surrealql";
import { below, hex, type Random } from "./random.ts";

const odd = [
  "it's",
  'a "quote"',
  String.raw`back\slash`,
  "tab\tand\nline",
  "ünï ☃",
  "`tick`",
  "$x; --",
];

/** Values of a kind, by the name of its type; the position tells records apart. SurrealQL. */
const makers: Readonly<Record<string, (random: Random, position: number) => string>> = {
  bool: (_, position) => String(position % 2 === 0),
  bytes: (random) => `b"${hex(random, 8).toUpperCase()}"`,
  datetime: (random, position) =>
    `d'2026-01-0${(position % 9) + 1}T12:34:56.${String(below(random, 1_000_000_000)).padStart(9, "0")}Z'`,
  decimal: (random, position) => `${position}.${below(random, 1000)}5dec`,
  duration: (random, position) => `${position + 1}h${below(random, 59) + 1}s5ns`,
  float: (random, position) => `${position}.${below(random, 1000)}5f`,
  int: (random, position) => String(position * 100 + below(random, 100) + 1),
  none: () => "NONE",
  null: () => "NULL",
  object: (random, position) => `{ a: ${position}, \`odd key\`: { b: ${below(random, 9)}.5f } }`,
  point: (_, position) => `(${position}.5, 2.5)`,
  range: (_, position) => `${position}..=${position + 5}`,
  regex: (_, position) => `/a+${position}/`,
  string: (random, position) =>
    quoteString(
      `${odd[(position + below(random, odd.length)) % odd.length]} ${position}${hex(random, 4)}`,
    ),
  uuid: (random) =>
    `u'${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}'`,
};

const numbers = ["int", "float", "decimal"];
const anything = [
  "string",
  "int",
  "datetime",
  "object",
  "decimal",
  "bool",
  "duration",
  "uuid",
  "float",
  "bytes",
  "null",
  "point",
  "range",
  "set",
];

/** A value of a kind that needs nothing else to be made; `undefined` when it does. */
export function makeScalar(name: string, random: Random, position: number): string | undefined {
  if (name === "number") return makers[numbers[position % 3] ?? "int"]?.(random, position);
  if (name === "any") return anyOf(random, position);
  return makers[name]?.(random, position);
}

function anyOf(random: Random, position: number): string | undefined {
  const name = anything[(position + below(random, anything.length)) % anything.length] ?? "string";
  return name === "set" ? `<set>[${position}, 'a']` : makers[name]?.(random, position);
}

const ring = (from: number): string =>
  `[[${from}f, 0f], [${from + 1}f, 0f], [${from + 1}f, 1f], [${from}f, 0f]]`;
const line = (from: number): string => `[[${from}f, 1f], [${from}.5f, 2f]]`;

const shapes: Readonly<Record<string, (position: number) => string>> = {
  point: (at) => `{ type: 'Point', coordinates: [${at}f, 1.5f] }`,
  line: (at) => `{ type: 'LineString', coordinates: ${line(at)} }`,
  polygon: (at) => `{ type: 'Polygon', coordinates: [${ring(at)}] }`,
  multipoint: (at) => `{ type: 'MultiPoint', coordinates: ${line(at)} }`,
  multiline: (at) => `{ type: 'MultiLineString', coordinates: [${line(at)}] }`,
  multipolygon: (at) => `{ type: 'MultiPolygon', coordinates: [[${ring(at)}]] }`,
  collection: (at) =>
    `{ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [${at}f, 1f] }] }`,
};

/** A shape of one of some kinds. */
export function makeGeometry(kinds: readonly string[], position: number): string {
  const names = kinds.filter((kind) => Object.hasOwn(shapes, kind));
  const name = names[position % names.length] ?? Object.keys(shapes)[position % 7] ?? "point";
  return shapes[name]?.(position) ?? "(1.5, 2.5)";
}
