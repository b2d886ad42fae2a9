import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { loadConfig } from '../../../config/load.ts';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { createLog } from '../../base/log.ts';
import type { Turn } from '../../knowledge/answer/Answer.ts';
import { type App, createApp } from '../../main.ts';
import { counted, table } from '../print/table.ts';
import { mean, measure, type Quality } from './retrieval/measures.ts';
import { createPlainFts } from './retrieval/plainFts.ts';
import { type Collection, type CorpusEntry, type Query, readCollection } from './retrieval/readCollection.ts';

const DEPTH = 100;
/** Passages are looked at until this many documents were found: a long document has several. */
const PASSAGES = 200;

export interface RetrievalBenchResult {
  readonly data: string;
  readonly documents: number;
  readonly passages: number;
  readonly queries: number;
  readonly embedder: string;
  /** `floor` is plain FTS5; `fused` is what an answer is made from. */
  readonly quality: Readonly<Record<'floor' | 'words' | 'vectors' | 'fused', Quality>>;
  readonly ratioToFloor: number;
  readonly secondsToIndex: number;
  readonly queriesPerSecond: number;
}

/**
 * Walks a collection through the real pipeline (pages, passages, words, embedder, Chroma, fusion) in a home of its own
 * that is removed at the end, and measures what is found for each judged question. A question's `history` is its thread.
 * @param options.runFile gets the fused ranking in TREC's run format
 */
export async function benchRetrieval(options: {
  readonly dataDir: string;
  readonly runFile?: string;
  readonly configFile?: string;
  readonly report?: (sentence: string) => void;
}): Promise<RetrievalBenchResult> {
  const collection = await readCollection(options.dataDir);
  const home = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  try {
    const loaded = loadConfig(
      { ...process.env, BACKSCROLL_HOME: home },
      {
        cwd: process.cwd(),
        ...(options.configFile ? { file: options.configFile } : {}),
      },
    );
    const log = createLog(loaded.environment.LOG_LEVEL ?? 'warn');
    const app = await createApp({ loaded, databaseFile: join(home, 'bench.db'), log, now: Date.now });
    try {
      app.begin();
      return await measured(app, collection, options);
    } finally {
      await app.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function measured(
  app: App,
  { corpus, queries, qrels }: Collection,
  { dataDir, runFile, report = () => {} }: Parameters<typeof benchRetrieval>[0],
): Promise<RetrievalBenchResult> {
  const indexBegun = performance.now();
  const { space, passages } = await index(app, corpus);
  const secondsToIndex = (performance.now() - indexBegun) / 1000;
  report(`${counted(corpus.length)} documents became ${counted(passages)} passages`);

  const judged = queries.filter(({ _id }) => [...(qrels.get(_id)?.values() ?? [])].some((score) => score > 0));
  if (judged.length === 0) throw new BackscrollError('input', `No question of ${dataDir} has a judgement above 0.`);
  const floor = createPlainFts(corpus);
  const found: Record<keyof RetrievalBenchResult['quality'], Quality[]> = {
    floor: [],
    words: [],
    vectors: [],
    fused: [],
  };
  const lines: string[] = [];
  let searchMs = 0;
  for (const query of judged) {
    const judgements = qrels.get(query._id) ?? new Map<string, number>();
    found.floor.push(measure(floor.search(query.text, DEPTH), judgements));
    for (const way of ['words', 'vectors', 'fused'] as const) {
      const begun = performance.now();
      const ranking = await documents(app, space, query, way === 'fused' ? ['words', 'vectors'] : [way]);
      if (way === 'fused') {
        searchMs += performance.now() - begun;
        ranking.forEach(({ id, score }, i) => {
          lines.push(`${query._id} Q0 ${id} ${i + 1} ${score.toFixed(6)} backscroll`);
        });
      }
      found[way].push(
        measure(
          ranking.map(({ id }) => id),
          judgements,
        ),
      );
    }
    if (found.fused.length % 200 === 0) report(`${counted(found.fused.length)} of ${counted(judged.length)} questions`);
  }
  floor.close();
  if (runFile) await writeWhole(resolve(runFile), `${lines.join('\n')}\n`);
  const quality = {
    floor: mean(found.floor),
    words: mean(found.words),
    vectors: mean(found.vectors),
    fused: mean(found.fused),
  };
  return {
    data: basename(resolve(dataDir)),
    documents: corpus.length,
    passages,
    queries: judged.length,
    embedder: app.embedder.id,
    quality,
    ratioToFloor: quality.fused.ndcg10 / quality.floor.ndcg10,
    secondsToIndex,
    queriesPerSecond: judged.length / (searchMs / 1000),
  };
}

/** Takes a collection in as pages of one source that everybody in the space `local:bench` may read. */
export async function index(app: App, corpus: readonly CorpusEntry[]): Promise<{ space: string; passages: number }> {
  const space = 'local:bench';
  const signal = new AbortController().signal;
  await app.ingest.space({ id: space, platform: 'local', name: 'bench' }, []);
  const source = await app.ingest.source({
    ...{ spaceId: space, kind: 'folder', key: 'bench', name: 'bench' },
    audience: { kind: 'everybody' },
  });
  for (const { _id, title, text } of corpus) {
    const body = { type: 'root' as const, children: text.split(/\n{2,}/).map(paragraph) };
    await app.ingest.page(source, _id, { title, body }, `bench:${encodeURIComponent(_id)}`);
  }
  await app.vectors.ready(signal);
  await app.ingest.settle({ signal });
  const [stored] = await app.store.sources.list(space);
  return { space, passages: stored?.passages ?? 0 };
}

const paragraph = (value: string) => ({ type: 'paragraph' as const, children: [{ type: 'text' as const, value }] });

/** The documents of the passages that were found, each at its best passage's place. */
async function documents(app: App, space: string, query: Query, ways: readonly ('words' | 'vectors')[]) {
  const { hits } = await app.retrieve({
    question: query.text,
    history: (query.history ?? []).map(
      ({ speaker, text }): Turn => ({ role: speaker === 'user' ? 'person' : 'bot', text }),
    ),
    reader: { kind: 'everybody', spaces: [space] },
    limit: PASSAGES,
    ways,
    signal: new AbortController().signal,
  });
  const best = new Map<string, number>();
  for (const { passage, score, alsoIn } of hits) {
    const key = (url: string) => decodeURIComponent(url.slice('bench:'.length));
    if (!best.has(key(passage.documentUrl))) best.set(key(passage.documentUrl), score);
    // A near-duplicate that was folded stands right behind the passage that stands for it.
    for (const other of app.store.passages.versions(alsoIn)) {
      if (!best.has(key(other.documentUrl))) best.set(key(other.documentUrl), score);
    }
  }
  return [...best].slice(0, DEPTH).map(([id, score]) => ({ id, score }));
}

/** There whole or not at all. */
async function writeWhole(file: string, text: string) {
  const unfinished = `${file}.${process.pid}.part`;
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}

export function formatRetrievalTable(result: RetrievalBenchResult): string {
  const { quality, ratioToFloor, data, documents, passages, queries, embedder } = result;
  const row = (name: string, { ndcg10, recall10, mrr }: Quality) => [
    name,
    ...[ndcg10, recall10, mrr].map((n) => n.toFixed(3)),
  ];
  return [
    `${data}: ${counted(documents)} documents, ${counted(passages)} passages, ${counted(queries)} questions, ${embedder}`,
    table([
      ['', 'nDCG@10', 'recall@10', 'MRR'],
      row('plain FTS5', quality.floor),
      row('words', quality.words),
      row('vectors', quality.vectors),
      row('fused', quality.fused),
    ]),
    `fused is ${ratioToFloor.toFixed(3)} × the floor (plain FTS5 bm25) of the same run`,
  ].join('\n');
}
