import type { Database } from './database.ts';

export interface PassageRecord {
  readonly id: number;
  readonly documentId: number;
  readonly key: string;
  readonly version: number;
  readonly text: string;
  readonly titlePath: readonly string[];
  /** Where a citation of it leads. */
  readonly url: string;
  readonly language: string;
  readonly tokens: number;
  readonly personIds: readonly string[];
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly signature?: Uint8Array;
  readonly audienceId: number;
  readonly spaceId: string;
  readonly documentKind: 'conversation' | 'page';
  readonly documentTitle: string;
  readonly documentUrl: string;
  readonly documentAtUs?: number;
  readonly confirmations: number;
  readonly contradictions: number;
  readonly sourceName: string;
  readonly sourceKind: 'channel' | 'folder';
}

/** Passages as they are now. Whatever an index suggests is looked up here before it is used. */
export interface Passages {
  /** Those of the ids that are live and belong, at this moment, to one of the audiences; in no order. */
  readable(ids: readonly number[], audienceIds: readonly number[]): PassageRecord[];
  /** One passage with those around it in its document, if the audiences may read it; also an earlier version. */
  around(
    id: number,
    audienceIds: readonly number[],
    reach: number,
  ): { at: number; passages: PassageRecord[] } | undefined;
  /** Passages by id, superseded versions too, for the operator's trace: nobody's reader stands behind it. */
  versions(ids: readonly number[]): PassageRecord[];
  /** Whether one of the passages, of whatever version, belongs to none of the audiences at this moment. */
  anyClosed(ids: readonly number[], audienceIds: readonly number[]): boolean;
  /** The languages passages are written in, the most frequent first. */
  languages(): string[];
}

type Row = {
  [K in keyof PassageRecord]: Exclude<PassageRecord[K], undefined> extends readonly string[]
    ? string
    : PassageRecord[K] | null;
};

const SELECT = `
  SELECT p.id, p.document_id AS documentId, p.key, p.version, p.text, p.title_path AS titlePath, p.url, p.language, p.tokens,
    p.person_ids AS personIds, p.from_us AS fromUs, p.to_us AS toUs, p.signature, s.audience_id AS audienceId,
    s.space_id AS spaceId, d.kind AS documentKind, d.title AS documentTitle, d.url AS documentUrl, d.at_us AS documentAtUs,
    d.confirmations, d.contradictions, s.name AS sourceName, s.kind AS sourceKind
  FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id`;

function record(row: Row): PassageRecord {
  const present = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return {
    ...present,
    titlePath: JSON.parse(row.titlePath as string),
    personIds: JSON.parse(row.personIds as string),
  } as unknown as PassageRecord;
}

export function createPassages(db: Database): Passages {
  return {
    readable(ids, audienceIds) {
      return db
        .all<Row>(
          `${SELECT} WHERE p.id IN (SELECT value FROM json_each(?)) AND p.live = 1
           AND s.audience_id IN (SELECT value FROM json_each(?))`,
          JSON.stringify(ids),
          JSON.stringify(audienceIds),
        )
        .map(record);
    },
    around(id, audienceIds, reach) {
      const audiences = JSON.stringify(audienceIds);
      const own = db.get<{ document_id: number; ordinal: number; live: number }>(
        `SELECT p.document_id, p.ordinal, p.live FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
         WHERE p.id = ? AND s.audience_id IN (SELECT value FROM json_each(?))`,
        id,
        audiences,
      );
      if (!own) return undefined;
      const passages = db
        .all<Row>(
          `${SELECT} WHERE p.document_id = ? AND p.ordinal BETWEEN ? AND ? AND (p.live = 1 OR p.id = ?)
           ORDER BY p.ordinal, p.id = ? DESC`,
          own.document_id,
          own.ordinal - reach,
          own.ordinal + reach,
          id,
          id,
        )
        .map(record);
      // An earlier version stands in the place of its successor.
      const shown = own.live
        ? passages
        : passages.filter(({ id: other, key }) => other === id || key !== passages.find((p) => p.id === id)?.key);
      return { at: shown.findIndex((passage) => passage.id === id), passages: shown };
    },
    versions(ids) {
      return db.all<Row>(`${SELECT} WHERE p.id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)).map(record);
    },
    anyClosed(ids, audienceIds) {
      return (
        db.get(
          `SELECT 1 FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
           WHERE p.id IN (SELECT value FROM json_each(?)) AND s.audience_id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
          JSON.stringify(ids),
          JSON.stringify(audienceIds),
        ) !== undefined
      );
    },
    languages() {
      return db
        .all<{ language: string }>(
          'SELECT language FROM passages WHERE live = 1 GROUP BY language ORDER BY count(*) DESC',
        )
        .map(({ language }) => language);
    },
  };
}
