import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { WordReply, WordRequest } from './request.ts';

/** A reader thread: a connection of its own that only reads, so that sixteen askers do not queue behind one another. */
const db = new DatabaseSync((workerData as { file: string }).file, { readOnly: true, timeout: 5000 });
db.exec('PRAGMA query_only=ON; PRAGMA cache_size=-16384;');

const search = db.prepare(
  'SELECT rowid AS id, -bm25(words, ?, 1.0, 0.0) AS score FROM words WHERE words MATCH ? ORDER BY score DESC, id LIMIT ?',
);
// The passages of an audience are merged one audience after the other: a thousand take FTS5 150 ms. Then each passage
// that has the words is looked up instead.
const searchLookingUp = db.prepare(
  `SELECT words.rowid AS id, -bm25(words, ?, 1.0, 0.0) AS score FROM words
   WHERE words MATCH ? AND (SELECT indexed_audience_id FROM passages WHERE id = words.rowid) IN (SELECT value FROM json_each(?))
   ORDER BY score DESC, id LIMIT ?`,
);
const MERGED_AUDIENCES = 100;
const count = db.prepare('SELECT doc FROM word_counts WHERE term = ?');
const passages = db.prepare('SELECT count(*) AS n FROM passages WHERE live = 1');

// The number of passages only steers which frequent words are dropped: a minute old is new enough.
const COUNT_KEPT_MS = 60_000;
let known = { n: 0, atMs: Number.NEGATIVE_INFINITY };

function passageCount(): number {
  const nowMs = performance.now();
  if (nowMs - known.atMs > COUNT_KEPT_MS) known = { n: (passages.get() as { n: number }).n, atMs: nowMs };
  return known.n;
}

function answer(request: WordRequest): WordReply {
  if (request.kind === 'counts') {
    const counts = request.tokens.map((token) => (count.get(token) as { doc: number } | undefined)?.doc ?? 0);
    return { kind: 'counts', counts, passages: passageCount() };
  }
  const { audiences, titleWeight, limit } = request;
  const match = `{title body}: (${request.match})`;
  const hits = (audiences.length > MERGED_AUDIENCES
    ? searchLookingUp.all(titleWeight, match, JSON.stringify(audiences), limit)
    : search.all(
        titleWeight,
        `(${match}) AND audience: (${audiences.map((id) => `a${id}`).join(' OR ')})`,
        limit,
      )) as unknown as { id: number; score: number }[];
  return { kind: 'hits', hits: hits.map(({ id, score }) => ({ id, score })) };
}

parentPort?.on('message', ({ n, request }: { n: number; request: WordRequest }) => {
  let reply: WordReply;
  try {
    reply = answer(request);
  } catch (error) {
    reply = { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage({ n, reply });
});
