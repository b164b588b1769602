/** The whole schema in one round trip, as anyone would ask for it. */
export const rawSchemaQuery = `RETURN {
  db: (INFO FOR DB),
  tables: object::from_entries(object::keys((INFO FOR DB).tables).map(|$t| [$t, (INFO FOR TABLE $t)]))
}`;
