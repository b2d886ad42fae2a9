import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { ForgetReport } from '../../feedback/forget/createForget.ts';
import type { App } from '../../main.ts';
import type { PersonKey } from '../../store/forgetting.ts';
import type { Operation } from './Operation.ts';

export interface ForgetResult extends ForgetReport {
  readonly person: { readonly space?: string; readonly id: string };
  /** True when nothing of them was left: only what was still to be done for whoever was forgotten before was done. */
  readonly unknown?: true;
}

const NOTHING = { questions: 0, answersErased: 0, votes: 0, texts: 0, messages: 0, models: [] };

/** Forgets a person: `slack:T1:U1` (space and id), `web:…`, or a name that only one has. */
export const forgetOperation: Operation<{ user: string }, ForgetResult> = {
  name: 'forget',
  arguments: z.object({ user: z.string().trim().min(1) }),
  async run(app, { user }, { signal }) {
    const { forget } = app.preferences;
    const person = await findPerson(app, user);
    if (person instanceof BackscrollError) {
      // Killed in the middle of it, or something stood in the way: their name went first.
      const { datasets, leftovers, scrub } = forget.owed();
      if (datasets.length + leftovers.length === 0 && !scrub) throw person;
      return { person: { id: user }, unknown: true, ...NOTHING, ...(await forget.resume(signal)) };
    }
    const report = await forget.person(person, signal);
    const { spaceId, personId } = person;
    return { person: { ...(spaceId === undefined ? {} : { space: spaceId }), id: personId }, ...report };
  },
};

/** @returns what there is to say when there is nobody of that name */
async function findPerson(app: App, user: string): Promise<PersonKey | BackscrollError> {
  const { spaces } = app.store;
  const all = await spaces.list();
  const found = new Map<string, PersonKey>();
  if (user.startsWith('web:')) {
    const person = { personId: user, voter: app.preferences.voterOf(user) };
    if (app.preferences.forget.isLeft(person)) return person;
  }
  for (const space of all) {
    const isNamed = user.startsWith(`${space.id}:`);
    const name = isNamed ? user.slice(space.id.length + 1) : user;
    const known = await spaces.findPerson(space.id, name);
    const personId = known?.id ?? name;
    const person = { spaceId: space.id, personId, voter: app.preferences.voterOf(`${space.id}:${personId}`) };
    // Who only voted, or left, is in no list of people.
    if (known || app.preferences.forget.isLeft(person)) found.set(`${space.id}:${personId}`, person);
  }
  const [[id, person] = [undefined, undefined], another] = [...found];
  if (id === undefined || !person) {
    return new BackscrollError(
      'not-found',
      `Nobody is known as "${user}". Name them as SPACE:ID (${all.map((space) => `${space.id}:…`).join(', ') || 'slack:T1:U1'}), or by a name or handle that only one has.`,
    );
  }
  if (another) {
    throw new BackscrollError(
      'usage',
      `"${user}" may be ${[...found.keys()].join(' or ')}. Use one of these; forgetting cannot be undone.`,
    );
  }
  return person;
}
