import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Log } from '../../base/log.ts';
import type { Datasets } from '../../store/datasets.ts';
import { createPrints } from './alike/createPrints.ts';
import { type CollectDeps, collect, OTHER, OWN } from './collect.ts';
import { chooseRows } from './curate/chooseRows.ts';
import { LEAST_ROWS } from './curate/splitRows.ts';
import type { Folders } from './folder/createFolders.ts';
import { diskError } from './folder/diskError.ts';
import type { Manifest } from './folder/Manifest.ts';
import type { Folder } from './folder/takeFolder.ts';
import { writeDataset } from './folder/writeDataset.ts';
import { createHand, type OwnHand } from './hands/createHand.ts';
import { HandLost, type HandThread } from './hands/createHandThread.ts';
import type { Hand, HandOrder } from './hands/Hand.ts';
import type { Format, Policy } from './Policy.ts';
import { createDrops, dropsInWords } from './reasons.ts';

export interface ExportOrder {
  readonly format: Format;
  /** Where the dataset is to stand, absolute. */
  readonly out: string;
  /** What the person who asked for it calls that, when it is not the same: the report says it so. */
  readonly named?: string;
  readonly withoutPassages: boolean;
}

export interface ExportReport {
  readonly folder: string;
  /** Undefined for a new folder; else the id of the dataset whose place it took. */
  readonly replaced?: string;
  /** True when the same dataset stood there already. */
  readonly unchanged: boolean;
  readonly manifest: Manifest;
}

/**
 * Makes a dataset of what people said: curated, split, put into words, checked and written, there whole or not at all.
 * One after the other. What is taken back meanwhile (a deletion, somebody who is forgotten) is not in it.
 * BackscrollError `input` when there is too little, saying what was left out and which switch lets it in; `usage` for a
 * folder that holds something else; `home` for a full disk; `cancelled`; `unavailable` when things are taken back all
 * the time.
 */
export type ExportDataset = (order: ExportOrder, signal: AbortSignal) => Promise<ExportReport>;

type Deps = CollectDeps & {
  readonly datasets: Datasets;
  /** Helps when there is enough for two. */
  readonly thread: Pick<HandThread, 'begin' | 'rest'>;
  /** From so many ranges of the record on. */
  readonly threadFromRanges: number;
  readonly log: Pick<Log, 'error'>;
  readonly folders: Pick<Folders, 'take'>;
  /** What the config allows now; BackscrollError `usage` when it names what is not there. */
  readonly policy: () => Promise<Omit<Policy, 'withoutPassages'>>;
  readonly now: Clock;
};

/** A space that is being removed takes things back for minutes. */
const MOST_TRIES = 5;

export function createExport(deps: Deps): ExportDataset {
  let turn: Promise<unknown> = Promise.resolve();

  async function exportOne(order: ExportOrder, signal: AbortSignal): Promise<ExportReport> {
    let isAlone = false;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      // Between two tries what takes things back has its turn, and the config may have changed.
      const policy: Policy = { ...(await deps.policy()), withoutPassages: order.withoutPassages };
      const folder = await deps.folders.take(order.out, order.format);
      try {
        const made = await make(deps, { order, policy, folder, isAlone }, signal);
        if (made) return made;
      } catch (error) {
        if (error instanceof HandLost && !isAlone && !signal.aborted) {
          deps.log.error({ err: error }, 'A dataset is made again, in one thread');
          isAlone = true;
          continue;
        }
        throw signal.aborted
          ? new BackscrollError('cancelled', 'Stopped; no dataset was written.')
          : diskError(error, order.out);
      } finally {
        await folder.giveUp();
      }
    }
    throw new BackscrollError(
      'unavailable',
      `Words were taken back all the while (a removal, somebody who is forgotten), ${MOST_TRIES} times; no dataset was written. Export again when that is over.`,
    );
  }

  return (order, signal) => {
    // Two at once would sweep each other's folder away, and take twice the memory.
    const mine = turn.then(() => exportOne(order, signal));
    turn = mine.catch(() => {});
    return mine;
  };
}

/** @returns undefined when something was taken back meanwhile; then nothing was written */
async function make(
  deps: Deps,
  {
    order,
    policy,
    folder,
    isAlone,
  }: {
    readonly order: ExportOrder;
    readonly policy: Policy;
    readonly folder: Folder;
    /** Without another thread. */
    readonly isAlone: boolean;
  },
  signal: AbortSignal,
): Promise<ExportReport | undefined> {
  const { format } = order;
  const asOf = deps.datasets.erasures();
  const [questions, completions, drops] = [createPrints(), createPrints(), createDrops()];
  const { written, rows } = await inTwoHands(deps, { policy, format }, isAlone, async (hands) => {
    const collected = await collect(deps, { policy, format }, { questions, completions, drops }, hands, signal);
    const writers = hands.both();
    const chosen = await chooseRows(
      format,
      collected.rated,
      { policy, questions, completions, drops },
      writers,
      signal,
    );
    const rows = chosen.split.train.length + chosen.split.validation.length + chosen.split.test.length;
    if (rows < LEAST_ROWS) throw tooLittle(rows, collected.seen, drops.counts(), format);
    const content = { format, policy, prompt: deps.prompting.version, collected, chosen, writers, drops };
    return { rows, written: await writeDataset(folder, content, signal) };
  }).finally(() => {
    questions.free();
    completions.free();
  });
  if (!written) return undefined;
  signal.throwIfAborted();
  const { manifest, lines } = written;
  const number = deps.datasets.begin(
    {
      ...{ id: manifest.id, format, folder: folder.out, madeMs: deps.now(), rows, order: JSON.stringify(order) },
      ...(manifest.parent ? { parent: manifest.parent } : {}),
    },
    lines,
    asOf,
  );
  if (number === undefined) return undefined;
  try {
    await folder.put();
  } catch (error) {
    deps.datasets.drop(number);
    throw error;
  }
  deps.datasets.finish(number, order.out);
  return {
    folder: order.named ?? order.out,
    unchanged: folder.before?.id === manifest.id,
    ...(folder.before ? { replaced: folder.before.id } : {}),
    manifest,
  };
}

/** Works with a hand in this thread, and with one in another as soon as that is worth it, which ends with the work. */
async function inTwoHands<T>(
  deps: Deps,
  order: Omit<HandOrder, 'by'>,
  isAlone: boolean,
  work: (hands: {
    readonly own: OwnHand;
    readonly other: (ranges: number) => Hand | undefined;
    /** The other one if it was begun. */
    readonly both: () => { readonly own: OwnHand; readonly other?: Hand };
  }) => Promise<T>,
): Promise<T> {
  const own = createHand(deps, { ...order, by: OWN });
  let other: Hand | undefined;
  try {
    return await work({
      own,
      other(ranges) {
        if (!isAlone && ranges >= deps.threadFromRanges) other = deps.thread.begin({ ...order, by: OTHER });
        return other;
      },
      both: () => (other ? { own, other } : { own }),
    });
  } finally {
    if (other) deps.thread.rest();
  }
}

function tooLittle(
  rows: number,
  seen: number,
  counts: Parameters<typeof dropsInWords>[0],
  format: Format,
): BackscrollError {
  const found = seen === 0 ? 'nobody voted on anything yet' : `of ${seen} answers that people said something about`;
  const left = dropsInWords(counts);
  const because = left.length === 0 ? '' : ` were left out: ${left.join('; ')}`;
  return new BackscrollError(
    'input',
    `There is too little for a dataset: ${rows} rows in the format ${format}, at least ${LEAST_ROWS} are needed; ${found}${because}. Nothing was written.`,
  );
}
