import { z } from 'zod';
import type { VoteImportReport } from '../../feedback/import/VoteImport.ts';
import { slugOf } from '../../sync/import/spaceName.ts';
import type { Operation, RunningApp } from './Operation.ts';

export interface FeedbackImportResult extends VoteImportReport {
  readonly space: { readonly id: string; readonly name: string };
  /** What this import said of it; by default leave stays as it was given. */
  readonly training: 'allowed' | 'withdrawn' | 'as before';
  /** The config lets the whole space be trained on, whatever was said at an import. */
  readonly spaceAllowed: boolean;
  /** Whether all votes of the file may be trained on now. */
  readonly trainable: boolean;
}

const UNNAMED = 'imported';

const order = z.object({
  path: z.string().min(1),
  space: z.string().optional(),
  allowTraining: z.boolean(),
  withdrawTraining: z.boolean().default(false),
});

/** Takes votes from elsewhere in, into a space that is there or one of their own. */
export const feedbackImportOperation: Operation<z.output<typeof order>, FeedbackImportResult> = {
  name: 'feedback import',
  arguments: order,
  async run(app, { path, space: name = UNNAMED, allowTraining, withdrawTraining }, { signal, progress }) {
    const { spaces } = app.store;
    const known = await spaces.find(name);
    const space = known ?? { id: `import:${slugOf(name)}`, platform: 'import', name };
    const report = await app.preferences.importVotes(
      { path, spaceId: space.id, allowTraining, withdrawTraining },
      signal,
      (event) => progress({ kind: 'import', ...event }),
    );
    if (!known && report.votes > 0) await spaces.put(space, []);
    const spaceAllowed = await isAllowed(app, space.id);
    return {
      ...report,
      space: { id: space.id, name: space.name },
      training: withdrawTraining ? 'withdrawn' : allowTraining ? 'allowed' : 'as before',
      spaceAllowed,
      trainable: spaceAllowed || (report.votes > 0 && report.mayTrain === report.votes),
    };
  },
};

async function isAllowed({ config, store }: RunningApp, spaceId: string): Promise<boolean> {
  for (const name of config.feedback.training.spaces) {
    if ((await store.spaces.find(name))?.id === spaceId) return true;
  }
  return false;
}
