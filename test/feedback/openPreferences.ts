import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../src/base/log.ts';
import { createPreferences } from '../../src/feedback/createPreferences.ts';
import type { Format } from '../../src/feedback/datasets/Policy.ts';
import type { TrainingSettings } from '../../src/feedback/datasets/readPolicy.ts';
import { createFeedback } from '../../src/feedback/Feedback.ts';
import { createTextChecking } from '../../src/feedback/record/createTextChecking.ts';
import { createCheckText } from '../../src/feedback/redact/createCheckText.ts';
import { createTrainingPrompt } from '../../src/knowledge/answer/trainingPrompt.ts';
import { countTokens } from '../../src/knowledge/chunk/tokens.ts';
import { openStore } from '../../src/store/store.ts';

export interface VoteFields {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly passages?: readonly { readonly text: string; readonly url?: string }[];
  readonly voter: string;
  readonly vote: 'up' | 'down';
  readonly reason?: string;
  readonly correction?: string;
  readonly model?: string;
  readonly at: number | string;
}

const DAY_MS = 86_400_000;
const THREAD = new URL('../../src/main/datasets/worker.ts', import.meta.url);
export const START_MS = Date.UTC(2026, 0, 1);

interface Threads {
  /** Share small datasets too, in small pieces. */
  readonly inTwo?: boolean;
  /** The other thread's program. */
  readonly module?: URL;
}

/** Everything from votes to datasets on a real database; only the clock is the test's. */
export async function openPreferences(training: Partial<TrainingSettings> = {}, threads: Threads = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-preferences-'));
  let nowMs = START_MS + 400 * DAY_MS;
  const now = () => nowMs++;
  const databaseFile = join(folder, 'backscroll.db');
  const store = await openStore(databaseFile, now);
  const check = createCheckText(countTokens);
  const checking = createTextChecking({ checks: store.textChecks, names: store.personNames, check });
  const feedback = createFeedback({ events: store.feedbackEvents, settings: store.settings, check, now });
  const preferences = createPreferences({
    ...{
      store,
      check,
      checking,
      feedback,
      home: folder,
      log: createLog('silent'),
      now,
      prompting: createTrainingPrompt(),
      thread: { module: threads.module ?? THREAD, databaseFile, ...(threads.inTwo ? { fromRanges: 1 } : {}) },
      ...(threads.inTwo ? { ballotsAtOnce: 7 } : {}),
    },
    training: {
      ...{ spaces: [], evaluationFile: null, rowsPerQuestion: 10, rowsPerPerson: 500, rowTokens: 16_384, seed: 1 },
      ...training,
    },
    removeMessages: async () => {},
    settle: () => store.removal.scrub(),
  });
  const signal = new AbortController().signal;

  return {
    ...{ folder, store, feedback, preferences, signal },
    /** Takes votes in, with leave to train unless it says otherwise. */
    async take(
      votes: readonly (VoteFields | string)[],
      { allowTraining = true, withdrawTraining = false, space = 'elsewhere' } = {},
    ) {
      const path = join(folder, 'votes.jsonl');
      await writeFile(path, votes.map((vote) => (typeof vote === 'string' ? vote : JSON.stringify(vote))).join('\n'));
      const spaceId = `import:${space}`;
      await store.spaces.put({ id: spaceId, platform: 'import', name: space }, []);
      return preferences.importVotes({ path, spaceId, allowTraining, withdrawTraining }, signal);
    },
    make: (format: Format, { out = join(folder, format), withoutPassages = false } = {}) =>
      preferences.exportDataset({ format, out, withoutPassages }, signal),
    /** The rows of a dataset's files. */
    async rows(out: string): Promise<Record<'train' | 'validation' | 'test', unknown[]>> {
      const read = async (name: string) =>
        (await readFile(join(out, `${name}.jsonl`), 'utf8'))
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as unknown);
      return { train: await read('train'), validation: await read('validation'), test: await read('test') };
    },
    async close() {
      await preferences.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type OpenPreferences = Awaited<ReturnType<typeof openPreferences>>;

const NOUNS =
  'harbour lantern kettle compass ladder anchor ribbon turbine meadow glacier saddle trumpet orchard canyon beacon'.split(
    ' ',
  );
const VERBS =
  'paint measure borrow polish unlock replace assemble calibrate rescue bury whistle stack import tighten drain'.split(
    ' ',
  );

/** A question that shares no pair of words with another of these. */
export const questionOn = (i: number) =>
  `How to ${VERBS[i % VERBS.length]}${i} some ${NOUNS[(i * 7) % NOUNS.length]}${i} before winter${i} arrives${i}?`;

/** A sentence or two about it, each word of its own. */
export const answerOn = (i: number, kind = 'good') =>
  Array.from({ length: 18 }, (_, word) => `${kind}${i}x${word} ${NOUNS[(i + word) % NOUNS.length]}`).join(' ');

/** Votes of several people on one answer to one question. */
export function votesOn(
  i: number,
  vote: 'up' | 'down',
  { people = 3, kind = vote as string, passage = `Passage ${i} says so.` } = {},
): VoteFields[] {
  return Array.from({ length: people }, (_, person) => ({
    id: `${i}-${kind}-${person}`,
    question: questionOn(i),
    answer: answerOn(i, kind),
    passages: [{ text: passage }],
    voter: `person ${person}`,
    vote,
    at: START_MS + i * DAY_MS,
  }));
}
