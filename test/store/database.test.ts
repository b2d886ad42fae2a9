import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

let folder: string;
let db: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backscroll-test-'));
  await migrate(join(folder, 'a.db'));
  db = openDatabase(join(folder, 'a.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const set = (key: string) => db.run('INSERT INTO settings VALUES (?, ?)', key, 'x');
const keys = () => db.all<{ key: string }>('SELECT key FROM settings ORDER BY key').map(({ key }) => key);

describe('a transaction', () => {
  it('is all or nothing', () => {
    expect(() =>
      db.transaction(() => {
        set('a');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(keys()).toEqual([]);
  });

  it('joins the one around it', () => {
    db.transaction(() => {
      set('a');
      db.transaction(() => set('b'));
    });
    expect(keys()).toEqual(['a', 'b']);
  });
});

describe('durable work', () => {
  it('of one turn shares one commit, and what throws rejects alone', async () => {
    const results = await Promise.allSettled([
      db.durable(() => set('a')),
      db.durable(() => {
        set('half');
        throw new Error('this one fails');
      }),
      db.durable(() => set('b')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(keys()).toEqual(['a', 'b']);
  });

  it('can be read by another connection as soon as it resolves', async () => {
    await db.durable(() => set('a'));
    const other = new DatabaseSync(join(folder, 'a.db'), { readOnly: true });
    expect(other.prepare('SELECT count(*) AS n FROM settings').get()).toEqual({ n: 1 });
    other.close();
  });

  it('that still waits when the database is closed is done first', async () => {
    const waiting = db.durable(() => set('late'));
    db.close();
    await waiting;
    db = openDatabase(join(folder, 'a.db'));
    expect(keys()).toEqual(['late']);
  });
});

describe('a file that cannot be used', () => {
  it('is said to be no database', async () => {
    writeFileSync(join(folder, 'text.db'), 'this is a text and not a database at all, however long it may be');
    await expect(migrate(join(folder, 'text.db'))).rejects.toThrow('is not a Backscroll database');
  });

  it('of a newer version is refused and left as it is', async () => {
    db.run("INSERT INTO kysely_migration (name, timestamp) VALUES ('999-future', '2030-01-01')");
    const before = db.all('SELECT name FROM kysely_migration ORDER BY name');
    await expect(migrate(join(folder, 'a.db'))).rejects.toThrow(/newer Backscroll \(it has "999-future"\)/);
    expect(db.all('SELECT name FROM kysely_migration ORDER BY name')).toEqual(before);
  });

  it('on a full disk loses nothing that was stored before', () => {
    set('before');
    const { page_count } = db.get<{ page_count: number }>('PRAGMA page_count') as { page_count: number };
    // SQLite's own limit stands in for the disk's: the same SQLITE_FULL.
    db.get(`PRAGMA max_page_count = ${page_count}`);
    expect(() =>
      db.transaction(() => {
        set('with it');
        db.run('INSERT INTO settings VALUES (?, ?)', 'large', 'x'.repeat(1_000_000));
      }),
    ).toThrow('The disk is full');
    expect(keys()).toEqual(['before']);
  });
});
