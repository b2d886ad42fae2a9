import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Hidden folders beside datasets' places, noted before they are there: what a killed export leaves is found again. */
export const datasetPlaces: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw('CREATE TABLE dataset_places (path TEXT PRIMARY KEY, out TEXT NOT NULL, kind TEXT NOT NULL) STRICT')
      .execute(db);
  },
};
