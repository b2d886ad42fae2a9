import { z } from 'zod';
import type { PersonRecord, Spaces } from '../../store/spaces.ts';
import type { Priority } from './api/budget.ts';
import type { SlackApi } from './api/createSlackApi.ts';
import { slackWord } from './api/failure.ts';
import { readUser } from './readUser.ts';
import type { Workspace } from './workspace.ts';

/** Up to so many people are asked for one by one; beyond, the whole list comes faster. */
const ONE_BY_ONE = 30;
const PAGE = 500;
const PAGES = 400;

const userAnswer = z.object({ user: z.unknown() });
const listAnswer = z.object({
  members: z.array(z.unknown()),
  response_metadata: z.object({ next_cursor: z.string().catch('') }).catch({ next_cursor: '' }),
});

/** Who somebody is, in the space: kept by events, asked for again when it is older than `freshMs`. */
export interface People {
  /** Makes sure that these are known and fresh; whom Slack does not know counts as a guest. Errors as SlackApi's. */
  know(ids: readonly string[], priority: Priority): Promise<void>;
  /** What an event (`user_change`, `team_join`) says of somebody. */
  learn(rawUser: unknown): Promise<void>;
  /** Which of them are guests, as far as is known. */
  guestsAmong(ids: readonly string[]): string[];
  /** Everything is to be asked for again: events may have been missed. */
  forget(): void;
}

export function createPeople(deps: {
  readonly api: SlackApi;
  readonly spaces: Spaces;
  readonly workspace: Workspace;
  readonly freshMs: number;
}): People {
  const { api, spaces, workspace } = deps;
  const seenMs = new Map<string, number>();
  const asking = new Map<string, Promise<void>>();
  let listing: Promise<void> | undefined;

  async function store(people: readonly PersonRecord[]) {
    await spaces.put({ id: workspace.space, platform: 'slack', name: workspace.name }, people);
    for (const { id } of people) seenMs.set(id, api.timing.now());
  }

  const isStale = (id: string) => api.timing.now() - (seenMs.get(id) ?? Number.NEGATIVE_INFINITY) > deps.freshMs;

  async function askFor(id: string, priority: Priority) {
    const person = await userOf(id, priority);
    // Whoever Slack does not show us is somebody from outside.
    await store([person ?? { id, name: 'somebody', isBot: false, isGuest: true }]);
  }

  async function userOf(id: string, priority: Priority): Promise<PersonRecord | undefined> {
    try {
      const { user } = await api.call('users.info', { user: id }, { answer: userAnswer, priority });
      return readUser(user, workspace.teamId);
    } catch (error) {
      if (slackWord(error) === 'user_not_found' || slackWord(error) === 'user_not_visible') return undefined;
      throw error;
    }
  }

  async function listAll(priority: Priority) {
    let cursor = '';
    for (let page = 0; page < PAGES; page++) {
      const args = { limit: PAGE, ...(cursor ? { cursor } : {}) };
      const found = await api.call('users.list', args, { answer: listAnswer, priority });
      await store(found.members.flatMap((raw) => readUser(raw, workspace.teamId) ?? []));
      cursor = found.response_metadata.next_cursor;
      if (cursor === '') return;
    }
  }

  function shared(id: string, work: () => Promise<void>): Promise<void> {
    const under = asking.get(id) ?? work().finally(() => asking.delete(id));
    asking.set(id, under);
    return under;
  }

  return {
    async know(ids, priority) {
      if (ids.filter(isStale).length > ONE_BY_ONE) {
        listing ??= listAll(priority).finally(() => {
          listing = undefined;
        });
        await listing;
      }
      await Promise.all(ids.filter(isStale).map((id) => shared(id, () => askFor(id, priority))));
    },
    async learn(rawUser) {
      const person = readUser(rawUser, workspace.teamId);
      if (person) await store([person]);
    },
    guestsAmong: (ids) => spaces.guestsAmong(workspace.space, ids),
    forget: () => seenMs.clear(),
  };
}
