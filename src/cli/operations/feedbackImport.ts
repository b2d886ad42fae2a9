import { z } from 'zod';
import type { VoteImportReport } from '../../feedback/import/createVoteImport.ts';
import { slugOf } from '../../sync/import/spaceName.ts';
import type { Operation } from './Operation.ts';

export interface FeedbackImportResult extends VoteImportReport {
  readonly space: { readonly id: string; readonly name: string };
  readonly trainable: boolean;
}

const UNNAMED = 'imported';

/** Takes votes from elsewhere in, into a space that is there or one of their own. */
export const feedbackImportOperation: Operation<
  { path: string; space?: string | undefined; allowTraining: boolean },
  FeedbackImportResult
> = {
  name: 'feedback import',
  arguments: z.object({ path: z.string().min(1), space: z.string().optional(), allowTraining: z.boolean() }),
  async run(app, { path, space: name = UNNAMED, allowTraining }, { signal }) {
    const { spaces } = app.store;
    const known = await spaces.find(name);
    const space = known ?? { id: `import:${slugOf(name)}`, platform: 'import', name };
    const report = await app.preferences.importVotes({ path, spaceId: space.id, allowTraining }, signal);
    if (!known) await spaces.put(space, []);
    return { ...report, space: { id: space.id, name: space.name }, trainable: allowTraining };
  },
};
