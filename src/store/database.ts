import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Compilable } from 'kysely';
import { translated } from './sqliteErrors.ts';
import { createStatements } from './statements.ts';

type Row = Record<string, unknown>;

/**
 * The one connection that writes. Its calls are synchronous, so a transaction never spans an `await` and nothing of
 * another caller can slip into it.
 */
export interface Database {
  /** Rows of a query built with Kysely, or of plain SQL on a hot path. Statements are prepared once. */
  all<T>(query: Compilable<T>): T[];
  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[];
  /** The same with each row as the array of its columns, which is built faster than an object. */
  rows<T extends readonly unknown[]>(sql: string, ...values: SQLInputValue[]): T[];
  /** The first row, or undefined. */
  get<T>(query: Compilable<T>): T | undefined;
  get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined;
  run(query: Compilable): { changes: number; lastId: number };
  run(sql: string, ...values: SQLInputValue[]): { changes: number; lastId: number };
  /** All of it or nothing. Nested calls join the outer one. A crash of the machine may lose the last moments. */
  transaction<T>(work: () => T): T;
  /**
   * The same, and on disk when it resolves: those that are asked for in one turn of the loop share one fsync
   * (group commit). One that throws rejects alone.
   */
  durable<T>(work: () => T): Promise<T>;
  close(): void;
}

/** Opens `file`, or throws a BackscrollError `home` that says what is wrong with it. */
export function openDatabase(file: string): Database {
  const db = connect(file);
  const statements = createStatements(db);
  const asArrays = createStatements(db, { asArrays: true });
  let depth = 0;
  let queue: { work: () => unknown; resolve: (value: never) => void; reject: (error: unknown) => void }[] = [];

  const { prepare } = statements;

  function bound(query: Compilable | string, values: SQLInputValue[]): [StatementSync, SQLInputValue[]] {
    if (typeof query === 'string') return [prepare(query), values];
    const compiled = query.compile();
    return [prepare(compiled.sql), compiled.parameters as SQLInputValue[]];
  }
  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translated(error, file);
    }
  }
  function transaction<T>(work: () => T): T {
    if (depth > 0) return work();
    return guarded(() => {
      prepare('BEGIN IMMEDIATE').run();
      depth++;
      try {
        const result = work();
        prepare('COMMIT').run();
        return result;
      } catch (error) {
        // A full disk may have rolled it back already.
        if (db.isTransaction) prepare('ROLLBACK').run();
        throw error;
      } finally {
        depth--;
      }
    });
  }
  function flush() {
    const works = queue;
    queue = [];
    const settled: (() => void)[] = [];
    try {
      db.exec('PRAGMA synchronous=FULL');
      transaction(() => {
        for (const { work, resolve, reject } of works) {
          prepare('SAVEPOINT one').run();
          try {
            const value = work();
            prepare('RELEASE one').run();
            settled.push(() => resolve(value as never));
          } catch (error) {
            prepare('ROLLBACK TO one').run();
            prepare('RELEASE one').run();
            settled.push(() => reject(translated(error, file)));
          }
        }
      });
      for (const settle of settled) settle();
    } catch (error) {
      for (const { reject } of works) reject(error);
    } finally {
      if (db.isOpen) db.exec('PRAGMA synchronous=NORMAL');
    }
  }

  return {
    all: (query: Compilable | string, ...values: SQLInputValue[]) =>
      guarded(() => {
        const [statement, parameters] = bound(query, values);
        return statement.all(...parameters) as never[];
      }),
    rows: (sql: string, ...values: SQLInputValue[]) =>
      guarded(() => asArrays.prepare(sql).all(...values) as unknown as never[]),
    get: (query: Compilable | string, ...values: SQLInputValue[]) =>
      guarded(() => {
        const [statement, parameters] = bound(query, values);
        return statement.get(...parameters) as never;
      }),
    run: (query: Compilable | string, ...values: SQLInputValue[]) =>
      guarded(() => {
        const [statement, parameters] = bound(query, values);
        const { changes, lastInsertRowid } = statement.run(...parameters);
        return { changes: Number(changes), lastId: Number(lastInsertRowid) };
      }),
    transaction,
    durable: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (queue.length === 0) setImmediate(flush);
        queue.push({ work, resolve: resolve as (value: never) => void, reject });
      }),
    close() {
      if (queue.length > 0) flush();
      statements.clear();
      asArrays.clear();
      db.close();
    },
  };
}

function connect(file: string): DatabaseSync {
  try {
    const db = new DatabaseSync(file, { timeout: 5000 });
    // secure_delete: what is deleted is overwritten with zeros, so that a removed text leaves the disk.
    db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;
             PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;
             PRAGMA wal_autocheckpoint=4000;`);
    return db;
  } catch (error) {
    throw translated(error, file);
  }
}
