import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { createVoterOf } from '../../feedback/record/voterKey.ts';
import type { Operation } from './Operation.ts';

export interface OptOutResult {
  readonly space: string;
  readonly personId: string;
  readonly name: string;
  readonly optedOut: boolean;
}

/** Keeps a person's words (questions, messages, votes, corrections) out of every dataset, or lets them in again. */
export const optOutOperation: Operation<{ user: string; space?: string | undefined; undo: boolean }, OptOutResult> = {
  name: 'opt-out',
  arguments: z.object({ user: z.string(), space: z.string().optional(), undo: z.boolean() }),
  async run(app, { user, space, undo }) {
    const { spaces, optOuts, settings } = app.store;
    const { spaceId, person } = await personIn(spaces, user, space);
    const optOut = { spaceId, personId: person.id, voter: createVoterOf(settings)(`${spaceId}:${person.id}`) };
    if (undo) await optOuts.remove(optOut);
    else await optOuts.add({ ...optOut, scope: 'datasets' });
    return { space: spaceId, personId: person.id, name: person.name, optedOut: !undo };
  },
};

async function personIn(
  spaces: Parameters<typeof optOutOperation.run>[0]['store']['spaces'],
  user: string,
  space?: string,
) {
  const named = space === undefined ? undefined : await spaces.find(space);
  if (space !== undefined && !named) throw new BackscrollError('not-found', `There is no space called "${space}".`);
  const found = [];
  for (const { id } of named ? [named] : await spaces.list()) {
    const person = await spaces.findPerson(id, user);
    if (person) found.push({ spaceId: id, person });
  }
  const [first, second] = found;
  if (!first) throw new BackscrollError('not-found', `Nobody is called "${user}". Use an id, a handle or a full name.`);
  if (second) throw new BackscrollError('usage', `"${user}" is somebody in several spaces. Say which with --space.`);
  return first;
}
