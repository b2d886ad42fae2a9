import { BackscrollError } from '../../base/BackscrollError.ts';
import type { DatasetRecord, Datasets } from '../../store/datasets.ts';
import type { Forgetting } from '../../store/forgetting.ts';
import type { ExportDataset, ExportOrder } from '../datasets/createExport.ts';
import type { Folders, Leftover } from '../datasets/folder/createFolders.ts';
import { diskError, ELSEWHERE } from '../datasets/folder/diskError.ts';
import { hasRows, removeDataset } from '../datasets/folder/lookAt.ts';

export interface RebuiltDataset {
  /** As it was named when it was asked for. */
  readonly folder: string;
  readonly before: string;
  /** Its new id; undefined when what is left is too little, when its folder was not there, and when it is owed. */
  readonly now?: string;
  /** It could not be built again, and still has words of who was forgotten. It is tried again by the next `forget`. */
  readonly owed?: true;
  readonly sentence: string;
}

export interface Rebuilt {
  readonly datasets: readonly RebuiltDataset[];
  /** What killed exports left and could not be deleted: they may have anybody's words. */
  readonly leftovers: readonly (Leftover & { readonly sentence: string })[];
}

/** Builds datasets again that have words of who was forgotten. */
export interface Rebuild {
  /** All that are owed. One that cannot be built again stays owed, and the others go on. Rejects only when stopped. */
  all(signal: AbortSignal): Promise<Rebuilt>;
  owed(): readonly DatasetRecord[];
}

export function createRebuild(deps: {
  readonly forgetting: Pick<Forgetting, 'owed' | 'rebuilt'>;
  readonly datasets: Datasets;
  readonly folders: Pick<Folders, 'tidy'>;
  readonly exportDataset: ExportDataset;
}): Rebuild {
  const { forgetting, datasets, folders } = deps;
  const find = (number: number) => datasets.list().find((one) => one.number === number);

  async function again(dataset: DatasetRecord, named: string, signal: AbortSignal) {
    const { folder, id: before } = dataset;
    if (!hasRows(folder)) {
      return { sentence: `${named} is not there any more. Delete whatever copies of dataset ${before} there are.` };
    }
    // Where it really stands: the link that it was asked for by may lead elsewhere by now.
    const order: ExportOrder = { ...(JSON.parse(dataset.order) as ExportOrder), out: folder, named };
    try {
      const { manifest } = await deps.exportDataset(order, signal);
      return { now: manifest.id, sentence: `${named} was built again: dataset ${manifest.id} in place of ${before}.` };
    } catch (error) {
      if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
      await removeDataset(folder);
      return { sentence: `${named} was removed: without them there is too little for dataset ${before}.` };
    }
  }

  async function one(number: number, signal: AbortSignal): Promise<RebuiltDataset | undefined> {
    // A dataset that was moved aside by an export that was killed comes back first.
    await folders.tidy();
    const dataset = find(number);
    if (!dataset) {
      forgetting.rebuilt(number);
      return undefined;
    }
    const { out, named = out } = JSON.parse(dataset.order) as ExportOrder;
    const told = { folder: named, before: dataset.id };
    try {
      const done = await again(dataset, named, signal);
      datasets.drop(number);
      forgetting.rebuilt(number);
      return { ...told, ...done };
    } catch (error) {
      signal.throwIfAborted();
      const sentence = `${named} could not be built again and still has words of who was forgotten: delete it, or mend this and run \`backscroll forget\` again. ${whyNot(error, named)}`;
      return { ...told, owed: true, sentence };
    }
  }

  return {
    async all(signal) {
      const built: RebuiltDataset[] = [];
      for (const number of forgetting.owed()) {
        const done = await one(number, signal);
        if (done) built.push(done);
      }
      const leftovers = (await folders.tidy()).map((left) => ({
        ...left,
        sentence: `${left.path} is what a killed export left, may have words of who was forgotten, and could not be deleted (${left.why}): delete it.`,
      }));
      return { datasets: built, leftovers };
    },
    owed: () => forgetting.owed().flatMap((number) => find(number) ?? []),
  };
}

/** What is in the way; where else a dataset could stand helps nobody here. */
function whyNot(error: unknown, named: string): string {
  const said = diskError(error, named);
  if (said instanceof BackscrollError) return said.message.replace(` ${ELSEWHERE}`, '');
  return `Something went wrong inside: ${error instanceof Error ? error.message : String(error)}`;
}
