import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '../../../../base/log.ts';
import { createPreferences } from '../../../../feedback/createPreferences.ts';
import { FINGERPRINT_VERSION } from '../../../../feedback/datasets/alike/fingerprint.ts';
import { createFeedback } from '../../../../feedback/Feedback.ts';
import { createTextChecking } from '../../../../feedback/record/createTextChecking.ts';
import { CHECK_VERSION, createCheckText } from '../../../../feedback/redact/createCheckText.ts';
import { createTrainingPrompt } from '../../../../knowledge/answer/trainingPrompt.ts';
import { countTokens } from '../../../../knowledge/chunk/tokens.ts';
import { openStore, type Store } from '../../../../store/store.ts';
import type { Measured, Round } from '../exporting.ts';

// A process of its own, so that its memory is the export's: `node worker.ts FOLDER`, and one line of JSON.

// Reading alone takes 1.7 s in one moment and 2.6 in the next: the round in the middle of seven is steady.
const ROUNDS = 7;
const FILES = ['train.jsonl', 'validation.jsonl', 'test.jsonl'];
const CHUNK_BYTES = 1 << 20;
const BALLOTS_AT_ONCE = 2000;
const THREAD = new URL('../../../../main/datasets/worker.ts', import.meta.url);

const folder = process.argv[2] as string;
const store = await openStore(join(folder, 'backscroll.db'), Date.now);
const { exportDataset, stop } = preferences(store, folder);
const out = join(folder, 'dataset');
const rounds: Round[] = [];
let peakBytes = 0;
let manifest: Awaited<ReturnType<typeof exportDataset>>['manifest'] | undefined;
for (let round = 0; round < ROUNDS; round++) {
  // Before and after: a machine's speed changes within seconds, and an export takes twice as long as reading.
  const before = timed(() => readAll(store));
  const watching = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 25);
  const begun = performance.now();
  const order = { format: 'kto' as const, out, withoutPassages: false };
  ({ manifest } = await exportDataset(order, new AbortController().signal));
  const exportMs = performance.now() - begun;
  clearInterval(watching);
  const readMs = (before + timed(() => readAll(store))) / 2;
  rounds.push({ exportMs, readMs, hashAndWriteMs: timed(() => hashAndWrite(out, join(folder, 'floor'))) });
}
await stop();
await store.close();
const { rows, leftOut, files } = manifest as NonNullable<typeof manifest>;
const measured: Measured = {
  rows: rows.train + rows.validation + rows.test,
  nearDuplicates: leftOut['near-duplicate'] ?? 0,
  datasetBytes: FILES.reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0),
  rounds,
  peakBytes,
};
process.stdout.write(JSON.stringify(measured));

function preferences(store: Store, home: string) {
  const check = createCheckText(countTokens);
  const checking = createTextChecking({ checks: store.textChecks, names: store.personNames, check });
  return createPreferences({
    ...{ store, check, checking, home, log: createLog('silent'), now: Date.now, prompting: createTrainingPrompt() },
    thread: { module: THREAD, databaseFile: join(home, 'backscroll.db') },
    feedback: createFeedback({ events: store.feedbackEvents, settings: store.settings, check, now: Date.now }),
    training: {
      spaces: [],
      evaluationFile: null,
      rowsPerQuestion: 10,
      rowsPerPerson: 1_000_000,
      rowTokens: 16_384,
      seed: 1,
    },
    removeMessages: async () => {},
    settle: async () => {},
  });
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** By the export's own statements, each word once: whatever makes reading faster makes the floor lower. */
function readAll({ preferenceRows, preferenceWords }: Store): void {
  const versions = { check: CHECK_VERSION, print: FINGERPRINT_VERSION };
  for (const range of preferenceRows.ranges(BALLOTS_AT_ONCE)) {
    const batch = preferenceRows.within(range, versions);
    preferenceWords.of({
      ...{ clean: batch.answers.map(([answerId]) => answerId), found: [], passages: [], corrections: [] },
      imported: [...new Set(batch.imported.map(([, , textId]) => textId))],
    });
  }
}

function hashAndWrite(from: string, to: string): void {
  for (const name of FILES) {
    const source = openSync(join(from, name), 'r');
    const target = openSync(`${to}-${name}`, 'w');
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let bytes = readSync(source, chunk); bytes > 0; bytes = readSync(source, chunk)) {
      const piece = chunk.subarray(0, bytes);
      hash.update(piece);
      writeSync(target, piece);
    }
    hash.digest();
    fsyncSync(target);
    closeSync(source);
    closeSync(target);
  }
}
