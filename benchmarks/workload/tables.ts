/** The statements that define so many tables, each with 10 fields and 2 indexes. */
export function tableDefinitions(tables: number): readonly string[][] {
  return Array.from({ length: tables }, (_, index) => tableDefinition(tableName(index)));
}

/** The name of a table; names are in order. */
export function tableName(index: number): string {
  return `table_${String(index).padStart(5, "0")}`;
}

/** The statements that define one table. */
export function tableDefinition(table: string): string[] {
  return [
    `DEFINE TABLE ${table} SCHEMAFULL`,
    `DEFINE FIELD name ON ${table} TYPE string ASSERT string::len($value) > 0`,
    `DEFINE FIELD email ON ${table} TYPE string ASSERT string::is_email($value)`,
    `DEFINE FIELD bio ON ${table} TYPE option<string>`,
    `DEFINE FIELD age ON ${table} TYPE option<int>`,
    `DEFINE FIELD balance ON ${table} TYPE decimal DEFAULT 0dec`,
    `DEFINE FIELD settings ON ${table} TYPE object DEFAULT {}`,
    `DEFINE FIELD role ON ${table} TYPE 'admin' | 'member' DEFAULT 'member'`,
    `DEFINE FIELD active ON ${table} TYPE bool DEFAULT true`,
    `DEFINE FIELD parent ON ${table} TYPE option<record<${table}>>`,
    `DEFINE FIELD created_at ON ${table} TYPE datetime VALUE time::now() READONLY`,
    `DEFINE INDEX email_idx ON ${table} FIELDS email UNIQUE`,
    `DEFINE INDEX name_idx ON ${table} FIELDS name, age`,
  ];
}
