import type { FakeClock } from '../clock/createClock.ts';
import { privilegedBits } from './intents.ts';
import type { Sparse, State } from './State.ts';

const discordEpochMs = 1_420_070_400_000n;
/** The app and its bot are older than anything that a test makes. */
const appId = '1100000000000000001';
const botUserId = '1100000000000000002';

export interface Waiting {
  /** Resolves once the predicate holds; it is asked again whenever something happened. */
  when(holds: () => boolean): Promise<void>;
}

/** A Discord with nobody in it but the app and its bot user. */
export function createState(clock: FakeClock, sparse: Sparse): { readonly state: State; readonly waiting: Waiting } {
  const waiters = new Set<{
    readonly holds: () => boolean;
    readonly resolve: () => void;
    readonly reject: (e: unknown) => void;
  }>();
  let count = 0n;
  let latest = 0n;
  const state: State = {
    clock,
    app: { id: appId, botUserId, name: 'backscroll' },
    token: `${Buffer.from(appId).toString('base64')}.FakeFg.fake-discord-bot-token`,
    isTokenGood: true,
    allowedIntents: privilegedBits,
    users: new Map(),
    guilds: new Map(),
    channels: new Map(),
    commands: new Map(),
    interactions: new Map(),
    typings: [],
    sparse,
    violations: [],
    origin: '',
    nextId(atMs) {
      // 22 bits below the milliseconds: what is made later in the same one has the higher id.
      count += 1n;
      const id = ((BigInt(Math.floor(atMs ?? clock.now())) - discordEpochMs) << 22n) + (count & 0x3fffffn);
      if (atMs !== undefined) return String(id);
      latest = id > latest ? id : latest + 1n;
      return String(latest);
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
  state.users.set(botUserId, { id: botUserId, name: state.app.name, globalName: null, isBot: true });
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

/** -1, 0 or 1, as their ages are. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** When the thing of that id was made. */
export function madeAtMs(id: string): number {
  return Number((BigInt(id) >> 22n) + discordEpochMs);
}
