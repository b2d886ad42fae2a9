import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { BackscrollError } from '../base/BackscrollError.ts';
import { heart } from './migrations/001-heart.ts';
import { posts } from './migrations/002-posts.ts';
import { reasons } from './migrations/003-reasons.ts';
import { discord } from './migrations/004-discord.ts';
import { feedback } from './migrations/005-feedback.ts';
import { sync } from './migrations/006-sync.ts';
import { syncLinks } from './migrations/007-sync-links.ts';
import { importedTexts } from './migrations/008-imported-texts.ts';
import { erasures } from './migrations/009-erasures.ts';
import { personNames } from './migrations/010-person-names.ts';
import { datasetPlaces } from './migrations/011-dataset-places.ts';
import { moments } from './migrations/012-moments.ts';
import { questionPrints } from './migrations/013-question-prints.ts';
import { translated } from './sqliteErrors.ts';

const MIGRATIONS = {
  '001-heart': heart,
  '002-posts': posts,
  '003-reasons': reasons,
  '004-discord': discord,
  '005-feedback': feedback,
  '006-sync': sync,
  '007-sync-links': syncLinks,
  '008-imported-texts': importedTexts,
  '009-erasures': erasures,
  '010-person-names': personNames,
  '011-dataset-places': datasetPlaces,
  '012-moments': moments,
  '013-question-prints': questionPrints,
};

/**
 * Brings the database to this version's shape, each migration in a transaction of its own.
 * Refuses (BackscrollError `home`) a database that a newer Backscroll has written, and leaves it as it is.
 * @param to only so far, which a test of what later migrations do with old rows wants
 */
export async function migrate(file: string, to?: keyof typeof MIGRATIONS): Promise<void> {
  const db = new DatabaseSync(file, { timeout: 5000 });
  const dialect = new SqliteDialect({ database: adapted(db) });
  dialect.createAdapter = () => new TransactionalAdapter();
  const kysely = new Kysely<unknown>({ dialect });
  try {
    refuseNewer(db, file);
    const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => MIGRATIONS } });
    const { error } = await (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to));
    if (error) throw error;
  } catch (error) {
    throw translated(error, file);
  } finally {
    await kysely.destroy();
    if (db.isOpen) db.close();
  }
}

/** SQLite takes its schema back with a transaction, which Kysely does not count on. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

function refuseNewer(db: DatabaseSync, file: string): void {
  const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'kysely_migration'").get();
  if (!known) return;
  const names = db.prepare('SELECT name FROM kysely_migration').all() as { name: string }[];
  const newer = names.find(({ name }) => !(name in MIGRATIONS));
  if (newer) {
    throw new BackscrollError(
      'home',
      `${file} was written by a newer Backscroll (it has "${newer.name}"). Update Backscroll, or point BACKSCROLL_HOME to another folder.`,
    );
  }
}

/** Kysely's dialect wants better-sqlite3's shape; node:sqlite differs by how it takes parameters. */
function adapted(db: DatabaseSync): SqliteDatabase {
  return {
    close: () => db.close(),
    prepare(sql) {
      const statement = db.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...(values as SQLInputValue[])),
        run: (values) => statement.run(...(values as SQLInputValue[])),
        iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
      };
    },
  };
}
