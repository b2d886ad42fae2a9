import type { Database } from './database.ts';
import { learnedReadable } from './learning.ts';
import type { SourceKind } from './sources.ts';

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
  readonly sourceId: number;
  readonly documentKind: 'conversation' | 'page';
  readonly documentTitle: string;
  readonly documentUrl: string;
  readonly documentAtUs?: number;
  readonly confirmations: number;
  readonly contradictions: number;
  readonly sourceName: string;
  readonly sourceKind: SourceKind;
  /** Set on what people taught: a correction, or an answer that they confirmed. */
  readonly learned?: 'correction' | 'confirmed';
}

/** Passages as they are now. Whatever an index suggests is looked up here before it is used. */
export interface Passages {
  /** Those of the ids that are live and belong, at this moment, to one of the audiences; in no order. */
  readable(ids: readonly number[], audienceIds: readonly number[]): PassageRecord[];
  /**
   * One passage with as many before and after it in its document, if the audiences may read it; also an earlier version.
   * `more` says whether its document goes on at either end.
   */
  around(
    id: number,
    audienceIds: readonly number[],
    reach: { readonly before: number; readonly after: number },
  ): { at: number; passages: PassageRecord[]; more: { before: boolean; after: boolean } } | undefined;
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
    s.space_id AS spaceId, s.id AS sourceId, d.kind AS documentKind, d.title AS documentTitle, d.url AS documentUrl, d.at_us AS documentAtUs,
    d.confirmations, d.contradictions, s.name AS sourceName, s.kind AS sourceKind,
    (SELECT l.kind FROM learned l WHERE l.source_id = d.source_id AND l.document_key = d.key) AS learned
  FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id`;

function record(row: Row): PassageRecord {
  const { fromUs, toUs, signature, documentAtUs, titlePath, personIds, ...rest } = row;
  return {
    ...rest,
    ...(fromUs === null ? {} : { fromUs }),
    ...(toUs === null ? {} : { toUs }),
    ...(signature === null ? {} : { signature }),
    ...(documentAtUs === null ? {} : { documentAtUs }),
    titlePath: JSON.parse(titlePath as string),
    personIds: JSON.parse(personIds as string),
  } as PassageRecord;
}

export function createPassages(db: Database): Passages {
  return {
    readable(ids, audienceIds) {
      return db
        .all<Row>(
          `${SELECT} WHERE p.id IN (SELECT value FROM json_each(?1)) AND p.live = 1
           AND s.audience_id IN (SELECT value FROM json_each(?2)) AND ${learnedReadable('?2', 'answer')}`,
          JSON.stringify(ids),
          JSON.stringify(audienceIds),
        )
        .map(record);
    },
    around(id, audienceIds, reach) {
      const audiences = JSON.stringify(audienceIds);
      const own = db.get<{ document_id: number; ordinal: number; live: number }>(
        `SELECT p.document_id, p.ordinal, p.live FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
         WHERE p.id = ?1 AND s.audience_id IN (SELECT value FROM json_each(?2)) AND ${learnedReadable('?2', 'look')}`,
        id,
        audiences,
      );
      if (!own) return undefined;
      const passages = db
        .all<Row>(
          `${SELECT} WHERE p.document_id = ? AND p.ordinal BETWEEN ? AND ? AND (p.live = 1 OR p.id = ?)
           ORDER BY p.ordinal, p.id = ? DESC`,
          own.document_id,
          own.ordinal - reach.before,
          own.ordinal + reach.after,
          id,
          id,
        )
        .map(record);
      // An earlier version stands in the place of its successor.
      const shown = own.live
        ? passages
        : passages.filter(({ id: other, key }) => other === id || key !== passages.find((p) => p.id === id)?.key);
      const beyond = (where: string, ordinal: number) =>
        db.get(
          `SELECT 1 FROM passages WHERE document_id = ? AND live = 1 AND ${where} LIMIT 1`,
          own.document_id,
          ordinal,
        ) !== undefined;
      return {
        at: shown.findIndex((passage) => passage.id === id),
        passages: shown,
        more: {
          before: beyond('ordinal < ?', own.ordinal - reach.before),
          after: beyond('ordinal > ?', own.ordinal + reach.after),
        },
      };
    },
    versions(ids) {
      return db.all<Row>(`${SELECT} WHERE p.id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)).map(record);
    },
    anyClosed(ids, audienceIds) {
      return (
        db.get(
          `SELECT 1 FROM passages p JOIN documents d ON d.id = p.document_id JOIN sources s ON s.id = d.source_id
           WHERE p.id IN (SELECT value FROM json_each(?1))
             AND NOT (s.audience_id IN (SELECT value FROM json_each(?2)) AND ${learnedReadable('?2', 'look')}) LIMIT 1`,
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
