/** Creates a table, its indexes and then its first records, in this order: an index that comes later would miss them. */
export const metadata = {
  version: "20260330_090000",
  description: "Create return_request and load 120 of them",
  author: "marketplace",
};

const reasons = ["damaged", "wrong item", "too late", "changed my mind"];
const requests = 120;

const schema = [
  `DEFINE TABLE return_request TYPE NORMAL SCHEMAFULL
  PERMISSIONS FOR select, create WHERE order.buyer = $auth.id FOR update, delete NONE;`,
  "DEFINE FIELD order ON TABLE return_request TYPE record<order> READONLY;",
  "DEFINE FIELD lines ON TABLE return_request TYPE array<record<order_line>> ASSERT array::len($value) > 0;",
  `DEFINE FIELD reason ON TABLE return_request TYPE string ASSERT $value INSIDE [${reasons.map((reason) => `'${reason}'`).join(", ")}];`,
  "DEFINE FIELD state ON TABLE return_request TYPE 'open' | 'accepted' | 'refused' DEFAULT 'open';",
  "DEFINE FIELD opened_at ON TABLE return_request TYPE datetime DEFAULT time::now() READONLY;",
  "DEFINE INDEX return_request_order ON TABLE return_request FIELDS order UNIQUE;",
];

function createRequest(at: number): string {
  const order = at * 9;
  const reason = reasons[at % reasons.length] ?? "damaged";
  const state = at % 4 === 0 ? "accepted" : "open";
  return [
    `CREATE return_request:${at} SET order = order:${order}, lines = [order_line:[${order}, 0]],`,
    `  reason = '${reason}', state = '${state}', opened_at = d'2025-11-01T09:00:00Z' + ${at}h;`,
  ].join("\n");
}

export function up(): string[] {
  return [...schema, ...Array.from({ length: requests }, (_, at) => createRequest(at))];
}

export function down(): string[] {
  return ["REMOVE TABLE return_request;"];
}
