import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { loadConfig } from '../../../../config/load.ts';
import { createLog } from '../../../base/log.ts';
import type { Hit } from '../../../knowledge/retrieve/Retrieve.ts';
import { type App, createApp } from '../../../main.ts';
import { mean, measure, type Quality } from '../retrieval/measures.ts';
import { readCollection } from '../retrieval/readCollection.ts';
import { index } from '../retrieval.ts';
import { type TwoWordings, wordingsOf } from './wordings.ts';

const SPACE = 'local:bench';
const DEPTH = 100;
const OFFERED = 8;
const CITED = 2;
const HOSTILE = 10;
/** How much of the right document a person writes down who corrects an answer. */
const CORRECTION_CHARACTERS = 400;

export interface ReplayResult {
  readonly data: string;
  /** Asked in two wordings: people vote on the first, the second is measured. */
  readonly rated: number;
  /** Not voted on by anybody: what the votes of others do to them. */
  readonly others: number;
  readonly areRealWordings: boolean;
  readonly stages: readonly {
    readonly name: string;
    readonly lessons: number;
    readonly rated: Quality;
    readonly others: Quality;
  }[];
  /** Of passages that are right and come first: what ten people do who vote each of them down. */
  readonly attack: {
    readonly attacked: number;
    readonly stillFirst: number;
    readonly stillOffered: number;
    readonly before: Quality;
    readonly after: Quality;
  };
}

/** Ask, vote, ask again in other words; and ten hostile voters. Through the real pipeline, in a home of its own. */
export async function benchReplay(dataDir: string, report: (sentence: string) => void): Promise<ReplayResult> {
  const collection = await readCollection(dataDir);
  const { pairs, areReal } = wordingsOf(collection);
  const home = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  try {
    const loaded = loadConfig({ ...process.env, BACKSCROLL_HOME: home }, { cwd: process.cwd() });
    const log = createLog(loaded.environment.LOG_LEVEL ?? 'warn');
    const app = await createApp({ loaded, databaseFile: join(home, 'bench.db'), log, now: Date.now });
    try {
      app.begin();
      await index(app, collection.corpus);
      const texts = new Map(collection.corpus.map(({ _id, text }) => [_id, text]));
      return {
        data: basename(resolve(dataDir)),
        areRealWordings: areReal,
        ...(await replayed(app, pairs, texts, report)),
      };
    } finally {
      await app.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function replayed(
  app: App,
  pairs: readonly TwoWordings[],
  texts: ReadonlyMap<string, string>,
  report: (s: string) => void,
) {
  const rated = pairs.filter((_, i) => i % 2 === 0);
  const others = pairs.filter((_, i) => i % 2 === 1);
  /** Which document a lesson says again: that of the answer that taught it. */
  const taught = new Map<string, string>();
  let events = 0;
  const ballot = (answerId: string, voter: string) => ({
    eventId: `e${events++}`,
    answerId,
    personId: `bench:${voter}`,
  });

  async function find(question: string, history: TwoWordings['history']): Promise<readonly Hit[]> {
    const turns = (history ?? []).map(
      ({ speaker, text }) => ({ role: speaker === 'user' ? 'person' : 'bot', text }) as const,
    );
    const reader = { kind: 'everybody' as const, spaces: [SPACE] };
    const signal = new AbortController().signal;
    return (await app.retrieve({ question, history: turns, reader, limit: DEPTH, signal })).hits;
  }
  const documentOf = ({ passage }: Hit) =>
    passage.learned
      ? (taught.get(String(passage.documentId)) ?? '')
      : decodeURIComponent(passage.documentUrl.slice('bench:'.length));
  // A near-duplicate that was folded stands right behind the passage that stands for it.
  const folded = (hit: Hit) =>
    app.store.passages.versions(hit.alsoIn).map((passage) => documentOf({ ...hit, passage }));
  const ranking = (hits: readonly Hit[]) => [...new Set(hits.flatMap((hit) => [documentOf(hit), ...folded(hit)]))];

  async function quality(questions: readonly TwoWordings[]): Promise<Quality> {
    const found = [];
    for (const { second, history, judged } of questions) {
      found.push(measure(ranking(await find(second, history)), judged));
    }
    return mean(found);
  }

  async function ask({ first, history, judged }: TwoWordings, hits: readonly Hit[]) {
    const answerId = randomUUID();
    const place = { platform: 'web', channelId: 'bench', threadId: answerId, personId: 'bench' };
    await app.store.answers.putQuestion({ id: `q-${answerId}`, ...place, text: first, askedMs: app.now() });
    const reader = { kind: 'everybody', spaces: [SPACE] };
    const passages = hits
      .slice(0, OFFERED)
      .map(({ passage, score }, i) => ({ passageId: passage.id, score, n: i + 1 }));
    const cited = hits.slice(0, CITED);
    await app.store.answers.put(
      {
        ...{ id: answerId, questionId: `q-${answerId}`, status: 'answered', notes: [], answeredMs: app.now() },
        text: cited.map(({ passage }, i) => `${passage.text} [${i + 1}]`).join('\n\n'),
        citations: cited.map(({ passage }, i) => ({ n: i + 1, passageId: passage.id, title: '', url: '', quote: '' })),
      },
      {
        body: JSON.stringify({ reader, answerer: 'quotes', passages }),
        passageIds: passages.map((p) => p.passageId),
        keptUntilMs: app.now(),
      },
    );
    const isGood = cited.some((hit) => (judged.get(documentOf(hit)) ?? 0) > 0);
    return { answerId, isGood, history, judged, first };
  }

  /** Whatever is in the index now because of an answer says again what that answer's right document says. */
  async function settle(
    asked: readonly { answerId: string; judged: ReadonlyMap<string, number> }[],
    cited: Map<string, string>,
  ) {
    await app.learner.idle();
    await app.ingest.settle({ signal: new AbortController().signal });
    taught.clear();
    for (const { first } of rated) {
      for (const hit of await find(first, undefined)) {
        if (!hit.passage.learned) continue;
        const own = asked.find(({ answerId }) => app.store.learning.documentOf(answerId) === hit.passage.documentId);
        if (own) taught.set(String(hit.passage.documentId), cited.get(own.answerId) ?? '');
      }
    }
    return taught.size;
  }

  const stages: ReplayResult['stages'][number][] = [];
  const stage = async (name: string, lessons: number) => {
    report(name);
    stages.push({ name, lessons, rated: await quality(rated), others: await quality(others) });
  };
  await stage('before', 0);

  const asked = [];
  const says = new Map<string, string>();
  for (const pair of rated) {
    const hits = await find(pair.first, pair.history);
    const one = await ask(pair, hits);
    const right = [...pair.judged].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
    const rightCited = hits
      .slice(0, CITED)
      .map(documentOf)
      .find((id) => (pair.judged.get(id) ?? 0) > 0);
    says.set(one.answerId, rightCited ?? right);
    asked.push({ ...one, right, top: hits[0] });
  }

  report('ten people vote down what is right');
  const good = asked.flatMap(({ top, ...one }) =>
    top && (one.judged.get(documentOf(top)) ?? 0) > 0 ? [{ ...one, top }] : [],
  );
  const before = await quality(rated);
  for (const { answerId } of good) {
    for (let i = 0; i < HOSTILE; i++) await app.feedback.vote(ballot(answerId, `hostile ${i}`), 'down');
  }
  await settle(asked, says);
  let stillFirst = 0;
  let stillOffered = 0;
  for (const { first, history, top } of good) {
    const hits = await find(first, history);
    // Folded into one that says nearly the same, it is there too.
    const at = hits.findIndex(({ passage, alsoIn }) => [passage.id, ...alsoIn].includes(top.passage.id));
    if (at === 0) stillFirst++;
    if (at >= 0 && at < OFFERED) stillOffered++;
  }
  const attack = { attacked: good.length, stillFirst, stillOffered, before, after: await quality(rated) };
  for (const { answerId } of good) {
    for (let i = 0; i < HOSTILE; i++) await app.feedback.vote(ballot(answerId, `hostile ${i}`), 'withdrawn');
  }

  for (const { answerId, isGood } of asked) await app.feedback.vote(ballot(answerId, 'one'), isGood ? 'up' : 'down');
  await stage('one thumb each', await settle(asked, says));
  for (const { answerId, isGood } of asked) if (isGood) await app.feedback.vote(ballot(answerId, 'two'), 'up');
  await stage('a second one agrees: answers confirmed', await settle(asked, says));
  for (const { answerId, isGood, right } of asked) {
    const text = (texts.get(right) ?? '').slice(0, CORRECTION_CHARACTERS).trim();
    if (!isGood && text !== '') await app.feedback.correct(ballot(answerId, 'one'), text).catch(() => {});
  }
  await stage('bad ones corrected', await settle(asked, says));
  return { rated: rated.length, others: others.length, stages, attack };
}
