import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Datasets } from '../../store/datasets.ts';
import { type CollectDeps, collect } from './collect.ts';
import { createPrints } from './createPrints.ts';
import { chooseRows } from './curate/chooseRows.ts';
import { LEAST_ROWS } from './curate/splitRows.ts';
import { createSpool } from './folder/createSpool.ts';
import type { Manifest } from './folder/Manifest.ts';
import { diskError, takeFolder } from './folder/takeFolder.ts';
import { writeDataset } from './folder/writeDataset.ts';
import type { Format, Policy } from './Policy.ts';
import { createDrops, dropsInWords } from './reasons.ts';

export interface ExportOrder {
  readonly format: Format;
  /** Where the dataset is to stand, absolute. */
  readonly out: string;
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
 * Makes a dataset of what people said: read, curated, split, checked and written, there whole or not at all.
 * BackscrollError `input` when there is too little, saying what was left out and which switch lets it in; `usage` for a
 * folder that holds something else; `home` for a full disk; `cancelled`.
 */
export type ExportDataset = (order: ExportOrder, signal: AbortSignal) => Promise<ExportReport>;

export function createExport(
  deps: CollectDeps & {
    readonly datasets: Datasets;
    /** What the config allows now; BackscrollError `usage` when it names what is not there. */
    readonly policy: () => Promise<Omit<Policy, 'withoutPassages'>>;
    readonly now: Clock;
  },
): ExportDataset {
  return async (order, signal) => {
    const policy: Policy = { ...(await deps.policy()), withoutPassages: order.withoutPassages };
    const folder = takeFolder(order.out, order.format);
    try {
      const spool = createSpool(`${folder.path}/.spool`);
      try {
        const [questions, completions, drops] = [createPrints(), createPrints(), createDrops()];
        const collected = await collect(deps, policy, { spool, questions, completions, drops }, signal);
        signal.throwIfAborted();
        const chosen = chooseRows(order.format, collected.rated, { policy, spool, questions, completions, drops });
        const total = chosen.split.train.length + chosen.split.validation.length + chosen.split.test.length;
        if (total < LEAST_ROWS) throw tooLittle(total, collected.seen, drops.counts(), order.format);
        const written = await writeDataset(folder, {
          ...{ order, policy, prompt: deps.prompting().version, collected, chosen, spool, drops },
          signal,
        });
        signal.throwIfAborted();
        const number = deps.datasets.begin(
          {
            ...{ id: written.manifest.id, format: order.format, folder: order.out, madeMs: deps.now(), rows: total },
            order: JSON.stringify(order),
            ...(written.manifest.parent ? { parent: written.manifest.parent } : {}),
          },
          written.lines,
        );
        try {
          folder.put();
        } catch (error) {
          deps.datasets.drop(number);
          throw error;
        }
        deps.datasets.finish(number);
        return {
          folder: order.out,
          unchanged: folder.before?.id === written.manifest.id,
          ...(folder.before ? { replaced: folder.before.id } : {}),
          manifest: written.manifest,
        };
      } finally {
        spool.close();
      }
    } catch (error) {
      throw signal.aborted
        ? new BackscrollError('cancelled', 'Stopped; no dataset was written.')
        : diskError(error, order.out);
    } finally {
      folder.giveUp();
    }
  };
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
