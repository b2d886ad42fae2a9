import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFeedback } from '../../../feedback/Feedback.ts';
import { openStore, type Store } from '../../../store/store.ts';

const ANSWERS = 2_000;
const PAIRS = 400;
const WARM_UP = 40;
const A_SECOND = 500;
const SECONDS = 6;
/** What a vote writes into the write-ahead log, about: some pages. */
const FLOOR_BYTES = 16_384;

export interface RecordingResult {
  /** One write of 16 kB and its fsync, in turn with the votes. */
  readonly fsync: { readonly p50Ms: number; readonly p95Ms: number };
  readonly vote: { readonly p50Ms: number; readonly p95Ms: number };
  /** The p95 of a vote over that of the fsync. */
  readonly ratio: number;
  readonly load: {
    readonly wantedASecond: number;
    readonly votes: number;
    readonly seconds: number;
    readonly p95Ms: number;
  };
}

/** How long it takes until a vote is on disk, one at a time and at 500 a second, next to an fsync of the same disk. */
export async function benchRecording(): Promise<RecordingResult> {
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const store = await openStore(join(folder, 'backscroll.db'), Date.now);
  const file = openSync(join(folder, 'floor'), 'w');
  try {
    await putAnswers(store);
    const feedback = createFeedback({ events: store.feedbackEvents, settings: store.settings, now: Date.now });
    let n = 0;
    const vote = () => {
      const answerId = `a${(n * 7919) % ANSWERS}`;
      const ballot = { eventId: `e${n}`, answerId, personId: `web:${n++ % 97}` };
      return feedback.vote(ballot, n % 3 === 0 ? 'down' : 'up');
    };
    const bytes = Buffer.alloc(FLOOR_BYTES, 1);
    const fsyncs: number[] = [];
    const votes: number[] = [];
    for (let i = 0; i < PAIRS; i++) {
      fsyncs.push(
        await timed(async () => {
          // Behind what is there, as a log is written: a file that grows takes longer than one that is overwritten.
          writeSync(file, bytes);
          fsyncSync(file);
        }),
      );
      votes.push(await timed(vote));
    }
    const waits: number[] = [];
    const begun = performance.now();
    const under: Promise<unknown>[] = [];
    for (let i = 0; i < A_SECOND * SECONDS; i++) {
      const dueMs = begun + (i * 1000) / A_SECOND;
      if (performance.now() < dueMs) await sleep(dueMs - performance.now());
      // Waiting begins when it was due, not when we got round to it.
      under.push(vote().then(() => waits.push(performance.now() - dueMs)));
    }
    await Promise.all(under);
    const seconds = (performance.now() - begun) / 1000;
    const [fsync, one] = [quantiles(fsyncs.slice(WARM_UP)), quantiles(votes.slice(WARM_UP))];
    return {
      fsync,
      vote: one,
      ratio: one.p95Ms / fsync.p95Ms,
      load: { wantedASecond: A_SECOND, votes: waits.length, seconds, p95Ms: quantiles(waits).p95Ms },
    };
  } finally {
    closeSync(file);
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function putAnswers({ answers }: Store): Promise<void> {
  for (let i = 0; i < ANSWERS; i++) {
    const place = { platform: 'web', channelId: 'c', threadId: `t${i}`, personId: 'p' };
    await answers.putQuestion({ id: `q${i}`, ...place, text: 'Why?', askedMs: i });
    await answers.put(
      { id: `a${i}`, questionId: `q${i}`, status: 'answered', text: 'So.', notes: [], citations: [], answeredMs: i },
      { body: '{}', passageIds: [], keptUntilMs: 0 },
    );
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function quantiles(times: readonly number[]): { p50Ms: number; p95Ms: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
