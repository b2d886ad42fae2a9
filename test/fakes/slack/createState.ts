import type { FakeClock } from '../clock/createClock.ts';
import type { ChannelKind, FakeChannel, FakeUser, State } from './State.ts';

export interface Waiting {
  /** Resolves once the predicate holds; it is asked again whenever something happened. */
  when(holds: () => boolean): Promise<void>;
}

/** An empty workspace with the app installed in it. */
export function createState(clock: FakeClock): { readonly state: State; readonly waiting: Waiting } {
  const waiters = new Set<{
    readonly holds: () => boolean;
    readonly resolve: () => void;
    readonly reject: (e: unknown) => void;
  }>();
  let lastUs = 0;
  let lastId = 0;
  const state: State = {
    clock,
    team: { id: 'T0FAKE001', name: 'Acme', domain: 'acme' },
    app: {
      id: 'A0FAKE001',
      botUserId: 'U0FAKEBOT',
      botId: 'B0FAKE001',
      name: 'backscroll',
      signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
      verificationToken: 'fakeVerificationToken',
    },
    users: new Map(),
    channels: new Map(),
    files: new Map(),
    usergroups: [],
    views: new Map(),
    tokens: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    statuses: [],
    violations: [],
    origin: '',
    nextTs() {
      lastUs = Math.max(lastUs + 1, Math.floor(clock.now()) * 1000);
      const digits = String(lastUs);
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
    nextId(prefix) {
      lastId += 1;
      return `${prefix}${String(lastId).padStart(10 - prefix.length, '0')}`;
    },
    changed() {
      for (const waiter of [...waiters]) {
        try {
          if (!waiter.holds()) continue;
          waiter.resolve();
        } catch (error) {
          waiter.reject(error);
        }
        waiters.delete(waiter);
      }
    },
  };
  const { botUserId, botId, id: appId, name } = state.app;
  state.users.set(botUserId, { ...newUser(botUserId, name, state.team.id), isBot: true, botId, appId });
  return {
    state,
    waiting: {
      when(holds) {
        return new Promise((resolve, reject) => {
          if (holds()) resolve();
          else waiters.add({ holds, resolve, reject });
        });
      },
    },
  };
}

export function newUser(id: string, name: string, teamId: string): FakeUser {
  return { id, name, realName: name, teamId, isBot: false, isAdmin: false, guest: 'no', deleted: false };
}

export function newChannel(
  id: string,
  name: string,
  kind: ChannelKind,
  creator: string,
  createdMs: number,
): FakeChannel {
  return {
    id,
    name,
    kind,
    members: new Set(),
    messages: new Map(),
    ephemerals: [],
    assistantThreads: new Map(),
    isExtShared: false,
    isArchived: false,
    isDeleted: false,
    isGeneral: false,
    topic: '',
    purpose: '',
    creator,
    createdMs,
  };
}

/** The DM of these people, made when there is none yet. */
export function directChannel(state: State, userIds: readonly string[]): FakeChannel {
  const members = new Set(userIds);
  const kind = members.size > 2 ? 'mpim' : 'im';
  for (const channel of state.channels.values()) {
    if (channel.kind === kind && channel.members.size === members.size && members.isSubsetOf(channel.members)) {
      return channel;
    }
  }
  const names = [...members].map((id) => state.users.get(id)?.name ?? id);
  const id = state.nextId(kind === 'im' ? 'D' : 'G');
  const name = kind === 'im' ? '' : `mpdm-${names.join('--')}-1`;
  const channel = newChannel(id, name, kind, [...members][0] ?? '', state.clock.now());
  for (const member of members) channel.members.add(member);
  state.channels.set(id, channel);
  return channel;
}
