import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { passageWords } from '../../../knowledge/ingest/passageDraft.ts';
import { FTS_TOKENIZER } from '../../../knowledge/words/tokenize.ts';
import type { RawRow } from './chroma/rawChroma.ts';
import { cpuSeconds } from './footprint.ts';
import type { Bench } from './openBench.ts';

export interface Floor {
  readonly rows: number;
  /** The same vectors, straight into the same Chroma in full batches, until the first search over them is answered. */
  readonly vectorSeconds: number;
  /** The same token rows into a bare FTS5 table, in one transaction. */
  readonly wordSeconds: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface TokenRow {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly audience: string;
}

/** The least that any import has to do: what Chroma and SQLite take for the same rows, with nothing of ours around. */
export async function measureFloor(bench: Bench, collections: readonly string[]): Promise<Floor> {
  const { raw, pids } = bench;
  const tokenRows = readTokenRows(bench.databaseFile);
  const filled: { like: string; rows: RawRow[] }[] = [];
  for (const like of collections) filled.push({ like, rows: await raw.rows(like) });

  const cpuBefore = await cpuSeconds(pids);
  const vectorsBegun = performance.now();
  for (const [n, { like, rows }] of filled.entries()) {
    await raw.fill(`floor-${n}`, like, rows);
    if (rows[0]) await raw.query(`floor-${n}`, rows[0].vector, 1);
  }
  const vectorSeconds = (performance.now() - vectorsBegun) / 1_000;
  const wordSeconds = fillPlainTable(join(bench.home, 'floor.db'), tokenRows);
  const cpu = (await cpuSeconds(pids)) - cpuBefore;
  for (const n of filled.keys()) await raw.drop(`floor-${n}`);
  const rows = filled.reduce((sum, { rows: some }) => sum + some.length, 0);
  return { rows, vectorSeconds, wordSeconds, seconds: vectorSeconds + wordSeconds, cpuSeconds: cpu };
}

function readTokenRows(databaseFile: string): TokenRow[] {
  const db = new DatabaseSync(databaseFile, { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT p.id, p.text, p.title_path, p.language, p.indexed_audience_id AS audience, d.title
         FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.live = 1 ORDER BY p.id`,
      )
      .all() as { id: number; text: string; title_path: string; language: string; audience: number; title: string }[];
    return rows.map(({ id, text, title_path, language, audience, title }) => {
      const piece = { titlePath: JSON.parse(title_path) as string[], text, personIds: [] };
      const { titleWords, bodyWords } = passageWords(title, piece, language);
      return { id, title: titleWords, body: bodyWords, audience: `a${audience}` };
    });
  } finally {
    db.close();
  }
}

function fillPlainTable(file: string, rows: readonly TokenRow[]): number {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL');
    db.exec(`CREATE VIRTUAL TABLE floor USING fts5(title, body, audience, content='', ${FTS_TOKENIZER})`);
    const insert = db.prepare('INSERT INTO floor (rowid, title, body, audience) VALUES (?, ?, ?, ?)');
    const begun = performance.now();
    db.exec('BEGIN');
    for (const { id, title, body, audience } of rows) insert.run(id, title, body, audience);
    db.exec('COMMIT');
    return (performance.now() - begun) / 1_000;
  } finally {
    db.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
}
