import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { discoverMigrations } from "@surql/migration";
import type { Migration } from "@surql/migration";
import { withFolder } from "../harness/with-folder.ts";
import { versionOf } from "./made-migrations.ts";

type Script = readonly [what: string, up: readonly string[], down: readonly string[]];

const areas = [
  "account",
  "catalog",
  "purchase",
  "shipping",
  "support",
  "billing",
  "review",
  "content",
  "team",
  "audit",
];

/**
 * Makes migrations as a project has them: each builds on those before, over tables that link to each other and are
 * joined by edges, and that later ones give fields, indexes, events and conditions, and move data in. One of twenty
 * takes data away. They are written as files and loaded.
 */
export function linkedMigrations(count: number): Promise<readonly Migration[]> {
  return withFolder(async (folder) => {
    const scripts = areas.flatMap((area, at) => areaScripts(area, areas[at - 1] ?? area, at));
    for (const [index, [what, up, down]] of scripts.slice(0, count).entries()) {
      const version = versionOf(index);
      const head = ["-- @metadata", `-- version: ${version}`, `-- description: ${what}`];
      const lines = [...head, "-- @up", ...ended(up), "-- @down", ...ended(down), ""];
      await writeFile(join(folder, `${version}_step.surql`), lines.join("\n"));
    }
    return await discoverMigrations(folder);
  });
}

/** The statement that makes a record of one of their tables; nothing for a view. */
export function linkedRecord(table: string, record: number): string {
  const [, area = table, kind = ""] = /^(?:open_)?([a-z]+?)(_line|_of)?$/.exec(table) ?? [];
  const before = areas[areas.indexOf(area) - 1] ?? area;
  if (table.startsWith("open_")) return "";
  if (kind === "_of") return `RELATE ${area}:${record}->${table}->${before}:${record}`;
  const values =
    kind === "_line"
      ? `owner = ${area}:${record}, source = ${before}:${record}, position = ${record}, price = ${record}.5dec`
      : `title = 'Number ${record}', parent = ${before}:${record}, tags = ['a', 'b'], remark = 'It is there'`;
  return `CREATE ${table}:${record} SET ${values}`;
}

function ended(statements: readonly string[]): readonly string[] {
  return statements.map((statement) => `${statement};`);
}

/** Ten migrations for one area of the project, which builds on the one before it. */
function areaScripts(area: string, before: string, at: number): readonly Script[] {
  const line = `${area}_line`;
  const edge = `${area}_of`;
  return [
    [
      `Create ${area}`,
      [
        `DEFINE TABLE ${area} SCHEMAFULL`,
        `DEFINE FIELD title ON ${area} TYPE string ASSERT string::len($value) > 0`,
        `DEFINE FIELD parent ON ${area} TYPE option<record<${before}>>`,
        `DEFINE FIELD status ON ${area} TYPE 'open' | 'closed' DEFAULT 'open'`,
        `DEFINE FIELD balance ON ${area} TYPE decimal DEFAULT 0dec`,
        `DEFINE FIELD tags ON ${area} TYPE array<string> DEFAULT []`,
        `DEFINE FIELD remark ON ${area} TYPE option<string>`,
        `DEFINE FIELD created_at ON ${area} TYPE datetime DEFAULT time::now() READONLY`,
        `DEFINE INDEX by_status ON ${area} FIELDS status`,
      ],
      [`REMOVE TABLE ${area}`],
    ],
    [
      `Create ${line}`,
      [
        `DEFINE TABLE ${line} SCHEMAFULL`,
        `DEFINE FIELD owner ON ${line} TYPE record<${area}>`,
        `DEFINE FIELD source ON ${line} TYPE option<record<${before}>>`,
        `DEFINE FIELD position ON ${line} TYPE int`,
        `DEFINE FIELD price ON ${line} TYPE decimal ASSERT $value >= 0dec`,
        `DEFINE FIELD address ON ${line} TYPE option<object>`,
        `DEFINE FIELD address.street ON ${line} TYPE option<string>`,
        `DEFINE INDEX by_owner ON ${line} FIELDS owner, position`,
      ],
      [`REMOVE TABLE ${line}`],
    ],
    [
      `Join ${area} and ${before}`,
      [
        `DEFINE TABLE ${edge} TYPE RELATION IN ${area} OUT ${before} ENFORCED SCHEMAFULL`,
        `DEFINE FIELD weight ON ${edge} TYPE float DEFAULT 1f`,
        `DEFINE INDEX once ON ${edge} FIELDS in, out UNIQUE`,
      ],
      [`REMOVE TABLE ${edge}`],
    ],
    [
      `Give ${area} a code`,
      [
        `DEFINE FIELD code ON ${area} TYPE option<string>`,
        `DEFINE INDEX by_code ON ${area} FIELDS code`,
      ],
      [`REMOVE INDEX by_code ON ${area}`, `REMOVE FIELD code ON ${area}`],
    ],
    [
      `Keep the balance of ${area}`,
      [
        `DEFINE EVENT keep_balance ON ${line} WHEN $event = 'CREATE' THEN { UPDATE $after.owner SET balance += $after.price }`,
      ],
      [`REMOVE EVENT keep_balance ON ${line}`],
    ],
    [
      `Label ${area}`,
      [
        `DEFINE FIELD label ON ${area} TYPE option<string>`,
        `UPDATE ${area} SET label = string::uppercase(title)`,
      ],
      [`UPDATE ${area} SET label = NONE`, `REMOVE FIELD label ON ${area}`],
    ],
    [
      `Link ${before} to its latest ${area}`,
      [`DEFINE FIELD latest_${area} ON ${before} TYPE option<record<${area}>>`],
      [`REMOVE FIELD latest_${area} ON ${before}`],
    ],
    [
      `Ask more of ${line}`,
      [
        `DEFINE FIELD OVERWRITE position ON ${line} TYPE int ASSERT $value >= 0`,
        `DEFINE FUNCTION fn::${area}_total($of: record<${area}>) { RETURN math::sum((SELECT VALUE price FROM ${line} WHERE owner = $of)) }`,
      ],
      [`REMOVE FUNCTION fn::${area}_total`, `DEFINE FIELD OVERWRITE position ON ${line} TYPE int`],
    ],
    [
      `Call the remark of ${area} a note`,
      [
        `DEFINE FIELD note ON ${area} TYPE option<string>`,
        `UPDATE ${area} SET note = remark, remark = NONE`,
        `REMOVE FIELD remark ON ${area}`,
      ],
      [
        `DEFINE FIELD remark ON ${area} TYPE option<string>`,
        `UPDATE ${area} SET remark = note, note = NONE`,
        `REMOVE FIELD note ON ${area}`,
      ],
    ],
    at % 2 === 0
      ? [
          `Take the source of ${line} from its owner`,
          [
            `UPDATE ${line} SET address.street = <string> position WHERE address != NONE`,
            `REMOVE FIELD source ON ${line}`,
            `UPDATE ${line} UNSET source`,
          ],
          [`DEFINE FIELD source ON ${line} TYPE option<record<${before}>>`],
        ]
      : [
          `Show what is open of ${area}`,
          [
            `DEFINE TABLE open_${area} AS SELECT id, title, status FROM ${area} WHERE status = 'open'`,
          ],
          [`REMOVE TABLE open_${area}`],
        ],
  ];
}
