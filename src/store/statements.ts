import type { DatabaseSync, StatementSync } from 'node:sqlite';

const KEPT = 300;

/** A connection's statements, each prepared once; the oldest are prepared anew when there are too many. */
export function createStatements(
  db: Pick<DatabaseSync, 'prepare'>,
  { asArrays = false }: { readonly asArrays?: boolean } = {},
): { prepare(sql: string): StatementSync; clear(): void } {
  const statements = new Map<string, StatementSync>();
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= KEPT) statements.delete(statements.keys().next().value as string);
      const statement = db.prepare(sql);
      if (asArrays) statement.setReturnArrays(true);
      statements.set(sql, statement);
      return statement;
    },
    clear: () => statements.clear(),
  };
}
