import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/Clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../store/store.ts';
import type { CollectDeps } from './datasets/collect.ts';
import { createExport } from './datasets/createExport.ts';
import { createSurvey } from './datasets/createSurvey.ts';
import { createFolders } from './datasets/folder/createFolders.ts';
import { createHandThread } from './datasets/hands/createHandThread.ts';
import type { Prompting } from './datasets/Prompting.ts';
import { readPolicy, type TrainingSettings } from './datasets/readPolicy.ts';
import { CORRECTION_CHARACTERS, type Feedback } from './Feedback.ts';
import { createForget } from './forget/createForget.ts';
import { createLeaving } from './forget/createLeaving.ts';
import { createRebuild } from './forget/createRebuild.ts';
import { createVoteImport } from './import/createVoteImport.ts';
import { createNamesOf } from './record/createNamesOf.ts';
import { createPreferenceRecords } from './record/createPreferenceRecords.ts';
import type { TextChecking } from './record/createTextChecking.ts';
import { createVoterOf } from './record/voterKey.ts';
import type { CheckText } from './redact/createCheckText.ts';
import { createPseudonymOf } from './redact/createPseudonymOf.ts';
import { createRedact } from './redact/createRedact.ts';
import { createReview, OPERATOR } from './review/createReview.ts';
import { createStats } from './stats/createStats.ts';

/** Some hundred answers: a range of the record. */
const BALLOTS_AT_ONCE = 2000;
/** So many ranges of the record take two threads less time than one, with the start of the second. */
const WORTH_A_THREAD = 12;

/** From what people said to datasets: everything that an operator does with it. */
export function createPreferences(deps: {
  readonly store: Store;
  readonly feedback: Feedback;
  readonly checking: TextChecking;
  readonly check: CheckText;
  readonly prompting: Prompting;
  /** A second thread for large datasets: its program (see `serveHand`), and what it reads. */
  readonly thread: { readonly module: URL; readonly databaseFile: string; readonly fromRanges?: number };
  /** How many ballots make a range of the record; some hundred answers unless it says otherwise. */
  readonly ballotsAtOnce?: number;
  readonly training: TrainingSettings;
  readonly home: string;
  /** Takes messages away as if they had been deleted. */
  readonly removeMessages: (sourceId: number, ids: readonly string[]) => Promise<void>;
  readonly settle: (signal: AbortSignal) => Promise<void>;
  readonly log: Pick<Log, 'error'>;
  readonly now: Clock;
}) {
  const { store, now } = deps;
  const voterOf = createVoterOf(store.settings);
  const operator = voterOf(OPERATOR);
  const records = createPreferenceRecords({
    ...{ rows: store.preferenceRows, words: store.preferenceWords, checking: deps.checking },
    ballotsAtOnce: deps.ballotsAtOnce ?? BALLOTS_AT_ONCE,
  });
  const policy = () => readPolicy(deps.training, { spaces: store.spaces, home: deps.home, operator });
  /** Made when it is wanted first: most homes never make a dataset. */
  let key: string | undefined;
  const pseudonymKey = () => (key ??= store.settings.once('pseudonym-key', () => randomBytes(32).toString('hex')));
  const { datasets, forgetting, fingerprints } = store;
  const collecting: CollectDeps = {
    ...{ records, readings: records, fingerprints, prints: fingerprints.find, decisions: store.reviews.find, datasets },
    redact: createRedact(createPseudonymOf(pseudonymKey)),
    prompting: deps.prompting,
  };
  const { module, databaseFile, fromRanges = WORTH_A_THREAD } = deps.thread;
  const thread = createHandThread(module, () => ({ databaseFile, pseudonymKey: pseudonymKey() }));
  const survey = createSurvey({ ...collecting, policy: async () => ({ ...(await policy()), withoutPassages: true }) });
  const folders = createFolders({ datasets, places: store.datasetPlaces, home: deps.home });
  const exportDataset = createExport({
    ...{ ...collecting, datasets, folders, policy, now, thread, log: deps.log },
    threadFromRanges: fromRanges,
  });
  const rebuild = createRebuild({ forgetting, datasets, folders, exportDataset });
  const forget = createForget({
    ...{ forgetting, folders, rebuild, optOuts: store.optOuts },
    ...{ removeMessages: deps.removeMessages, settle: deps.settle },
  });
  return {
    voterOf,
    exportDataset,
    importVotes: createVoteImport({
      ...{
        votes: store.importedVotes,
        fingerprints: store.fingerprints,
        fold: store.feedbackFold,
        check: deps.check,
        names: createNamesOf(store.personNames),
        voterOf,
        optOuts: store.optOuts,
        now,
      },
      maxCorrectionCharacters: CORRECTION_CHARACTERS,
    }),
    review: createReview({ survey, records, reviews: store.reviews, feedback: deps.feedback, now }),
    stats: createStats({ stats: store.feedbackStats, survey }),
    forget,
    rebuild,
    /** Ends the thread that helps with datasets. */
    stop: () => thread.end(),
    leaving: createLeaving({ optOuts: store.optOuts, forget, voterOf, log: deps.log }),
  };
}
