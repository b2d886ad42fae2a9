import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../store/database.ts';
import { createFeedbackEvents, type FeedbackEvent } from '../../../store/feedbackEvents.ts';
import { createFeedbackFold } from '../../../store/feedbackFold.ts';
import { migrate } from '../../../store/migrate.ts';

const EVENTS = 1_000_000;
const ANSWERS = 200_000;
const VOTERS = 5_000;
const AT_ONCE = 50_000;
const KINDS = ['up', 'up', 'down', 'up', 'withdrawn', 'down', 'up', 'reason'] as const;

export interface FoldingResult {
  readonly events: number;
  readonly answers: number;
  /** Rows of the present: an answer and a voter each. */
  readonly present: number;
  readonly foldMs: number;
  readonly cpuMs: number;
  /** Folding one event more into that. */
  readonly oneMoreMs: number;
  readonly peakBytes: number;
}

/** How long a million events take to become the present, from and to disk. */
export async function benchFolding(report: (sentence: string) => void): Promise<FoldingResult> {
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const file = join(folder, 'backscroll.db');
  await migrate(file);
  const db = openDatabase(file);
  try {
    const feedbackFold = createFeedbackFold(db);
    const feedbackEvents = createFeedbackEvents(db, feedbackFold);
    const answerIds = Array.from({ length: ANSWERS }, (_, i) => uuid(i));
    report(`${ANSWERS} answers and ${EVENTS} events are written`);
    db.transaction(() => {
      for (const [i, id] of answerIds.entries()) {
        db.run("INSERT INTO questions VALUES (?, 'web', NULL, 'c', 't', 'p', 'Why?', 1)", `q${i}`);
        db.run("INSERT INTO answers VALUES (?, ?, 'answered', 'So.', '[]', 1, 0)", id, `q${i}`);
      }
    });
    for (let from = 0; from < EVENTS; from += AT_ONCE) {
      db.transaction(() => feedbackEvents.append(events(answerIds, from)));
    }
    report('the events are folded');
    const cpu = process.cpuUsage();
    const begun = performance.now();
    feedbackFold.fold();
    const foldMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    const [last] = events(answerIds, EVENTS);
    if (last) feedbackEvents.append([last]);
    const again = performance.now();
    feedbackFold.fold();
    const oneMoreMs = performance.now() - again;
    const present = db.get<{ n: number }>('SELECT count(*) AS n FROM feedback_present')?.n ?? 0;
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    return { events: EVENTS, answers: ANSWERS, present, foldMs, cpuMs: (user + system) / 1000, oneMoreMs, peakBytes };
  } finally {
    db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function* events(answerIds: readonly string[], from: number): Generator<FeedbackEvent> {
  for (let i = from; i < from + AT_ONCE; i++) {
    const kind = KINDS[i % KINDS.length] as FeedbackEvent['kind'];
    yield {
      ...{ eventId: `event-${i}`, kind, atMs: i },
      answerId: answerIds[(i * 7919) % ANSWERS] as string,
      // A few people vote on an answer, and change their minds.
      voter: `voter-${String((((i * 7919) % ANSWERS) + (Math.floor(i / ANSWERS) % 3) * 31) % VOTERS).padStart(16, '0')}`,
      ...(kind === 'reason' ? { reason: 'wrong' } : {}),
    };
  }
}

function uuid(i: number): string {
  const hex = createHash('sha256').update(String(i)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
