import { existsSync, rmSync } from 'node:fs';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Datasets } from '../../store/datasets.ts';
import type { Forgetting, ForgottenFeedback, PersonKey } from '../../store/forgetting.ts';
import type { OptOuts } from '../../store/optOuts.ts';
import type { ExportDataset, ExportOrder } from '../datasets/createExport.ts';
import { readManifest } from '../datasets/folder/takeFolder.ts';

export interface RebuiltDataset {
  readonly folder: string;
  readonly before: string;
  /** Its new id; undefined when what is left is too little, or its folder was not there. */
  readonly now?: string;
  readonly sentence: string;
}

export interface ForgetReport extends ForgottenFeedback {
  readonly messages: number;
  readonly datasets: readonly RebuiltDataset[];
  /** Models that were trained on what is gone: they still know it. */
  readonly models: readonly string[];
}

const MESSAGES_AT_ONCE = 500;

/**
 * Forgets a person: their messages, questions, votes' owners and words, their name, and every row made of them. What was
 * counted stays counted. Datasets that held any of it are built again in their folders.
 */
export interface Forget {
  person(person: PersonKey, signal: AbortSignal): Promise<ForgetReport>;
  /** Whether anything of them is still there. */
  isLeft(person: PersonKey): boolean;
  /** Builds again what a crash left to be built. */
  resume(signal: AbortSignal): Promise<RebuiltDataset[]>;
}

export function createForget(deps: {
  readonly forgetting: Forgetting;
  readonly optOuts: Pick<OptOuts, 'add'>;
  readonly datasets: Datasets;
  readonly exportDataset: ExportDataset;
  /** Takes messages away as if they had been deleted. */
  readonly removeMessages: (sourceId: number, ids: readonly string[]) => Promise<void>;
  /** Brings the indexes to what is there, and what is gone off the disk. */
  readonly settle: (signal: AbortSignal) => Promise<void>;
}): Forget {
  const { forgetting, datasets } = deps;

  async function rebuild(number: number, signal: AbortSignal): Promise<RebuiltDataset | undefined> {
    const dataset = datasets.list().find((one) => one.number === number);
    if (!dataset) {
      forgetting.rebuilt(number);
      return undefined;
    }
    const { folder, id: before } = dataset;
    const done = (rest: Omit<RebuiltDataset, 'folder' | 'before'>) => {
      forgetting.rebuilt(number);
      return { folder, before, ...rest };
    };
    if (readManifest(folder) === undefined) {
      datasets.drop(number);
      return done({
        sentence: `${folder} is not there any more. Delete whatever copies of dataset ${before} there are.`,
      });
    }
    try {
      const { manifest } = await deps.exportDataset(JSON.parse(dataset.order) as ExportOrder, signal);
      return done({
        now: manifest.id,
        sentence: `${folder} was built again: dataset ${manifest.id} in place of ${before}.`,
      });
    } catch (error) {
      if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
      datasets.drop(number);
      return done({ sentence: `${folder} was removed: without them there is too little for dataset ${before}.` });
    }
  }

  async function resume(signal: AbortSignal): Promise<RebuiltDataset[]> {
    const built: RebuiltDataset[] = [];
    for (const number of forgetting.owed()) {
      const one = await rebuild(number, signal);
      if (one) built.push(one);
    }
    return built;
  }

  return {
    resume,
    isLeft: (person) =>
      forgetting.messages(person, 1) !== undefined || forgetting.hasAsked(person) || forgetting.hasVoted(person.voter),
    async person(person, signal) {
      const { spaceId, personId, voter } = person;
      if (spaceId !== undefined) await deps.optOuts.add({ spaceId, personId, voter, scope: 'everything' });
      // While it can still be told what rests on whom; a crash after it forgets nothing of the work. Nothing is awaited
      // before their words go: a dataset that was begun before is marked here, and one that is begun later has none of them.
      const { models } = forgetting.datasetsOf(forgetting.answersOf(person));
      // The messages go last: as long as one is there, whoever starts next knows that there is something left to do.
      const counted = forgetting.feedback(person);
      let messages = 0;
      for (
        let some = forgetting.messages(person, MESSAGES_AT_ONCE);
        some;
        some = forgetting.messages(person, MESSAGES_AT_ONCE)
      ) {
        await deps.removeMessages(some.sourceId, some.ids);
        messages += some.ids.length;
        signal.throwIfAborted();
      }
      const built = await resume(signal);
      await deps.settle(signal);
      return { ...counted, messages, datasets: built, models };
    },
  };
}
