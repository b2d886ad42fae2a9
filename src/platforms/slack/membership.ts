import type { Log } from '../../base/log.ts';
import type { Audiences } from '../../store/audiences.ts';
import type { Settings } from '../../store/settings.ts';
import type { SourceDeclaration, Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import type { Priority } from './api/budget.ts';
import type { SlackApi } from './api/createSlackApi.ts';
import type { ChannelFacts } from './channelFacts.ts';
import { lookAtAllChannels, lookAtChannel, lookAtMembers } from './lookAtChannels.ts';
import type { People } from './people.ts';
import { channelPermalink } from './permalink.ts';
import type { Workspace } from './workspace.ts';

/** So long what a list of all channels said is taken for one of them. */
const LISTED_MS = 60_000;

/** Stands for the people of another workspace who are, or may come at any moment, in a channel that is shared with it. */
const OUTSIDE = { id: 'OUTSIDE', name: 'another workspace', isBot: false, isGuest: true };

/** What happened to a channel, as an event tells. */
export type ChannelChange =
  | { readonly kind: 'joined' | 'left'; readonly channelId: string; readonly personId: string }
  /** Made private, shared, renamed …: whatever it was, it is looked at again; `closed`, nobody reads it until then. */
  | { readonly kind: 'changed' | 'closed'; readonly channelId: string };

export type SlackReader =
  | { readonly kind: 'place'; readonly channelId: string }
  | { readonly kind: 'person'; readonly personId: string };

/**
 * Who may read which channel, in the database at every moment: kept by events, looked up when it is older than
 * `freshMs`. What cannot be looked up is not used.
 */
export interface Membership {
  /** Resolves when what the database says of this reader is fresh. Rejects as SlackApi does when it cannot be made so. */
  ensure(reader: SlackReader, priority?: Priority): Promise<void>;
  happened(change: ChannelChange): Promise<void>;
  /** Somebody became, or is no longer, a guest. */
  personChanged(personId: string): Promise<void>;
  /** Looks at every channel; one that was made private, shared or deleted unseen is closed with it. */
  sweep(priority: Priority): Promise<void>;
  /** Events may have been missed: everything is looked at again before it is used. */
  doubt(): void;
  /** Whether Slack itself has told, at some time, who may read a channel. */
  isKnown(channelId: string): boolean;
}

interface Known {
  readonly facts: ChannelFacts;
  readonly members: ReadonlySet<string>;
  readonly checkedMs: number;
}

interface Listed {
  readonly facts: ChannelFacts;
  readonly askedMs: number;
}

export function createMembership(deps: {
  readonly api: SlackApi;
  readonly workspace: Workspace;
  readonly people: People;
  readonly sources: Sources;
  readonly spaces: Spaces;
  readonly audiences: Audiences;
  readonly settings: Settings;
  readonly freshMs: number;
  readonly log: Log;
}): Membership {
  const { api, workspace, people, sources, log } = deps;
  const { now } = api.timing;
  const known = new Map<string, Known>();
  const changedMs = new Map<string, number>();
  const chains = new Map<string, Promise<void>>();
  let sweptMs = Number.NEGATIVE_INFINITY;
  let sweeping: Promise<void> | undefined;

  /** What concerns one channel is done in order. */
  function inTurn(channelId: string, work: () => Promise<void>): Promise<void> {
    const turn = (chains.get(channelId) ?? Promise.resolve()).catch(() => {}).then(work);
    chains.set(channelId, turn);
    const done = () => {
      if (chains.get(channelId) === turn) chains.delete(channelId);
    };
    turn.then(done, done);
    return turn;
  }

  const liveKey = (channelId: string) => `slack:live:${workspace.teamId}:${channelId}`;

  async function declare(facts: ChannelFacts, audience: SourceDeclaration['audience']) {
    const place = { channelId: facts.id, teamId: workspace.teamId };
    const url = channelPermalink(workspace.domain ? { ...place, domain: workspace.domain } : place);
    await sources.put({ spaceId: workspace.space, kind: 'channel', key: facts.id, name: facts.name, url, audience });
    if (deps.settings.get(liveKey(facts.id)) === undefined) deps.settings.set(liveKey(facts.id), '1');
  }

  async function store({ facts, members }: Pick<Known, 'facts' | 'members'>) {
    const personIds = [...members];
    if (facts.isShared) {
      await deps.spaces.put({ id: workspace.space, platform: 'slack', name: workspace.name }, [OUTSIDE]);
      return declare(facts, { kind: 'members', personIds: [...personIds, OUTSIDE.id] });
    }
    if (facts.kind === 'closed') return declare(facts, { kind: 'members', personIds });
    return declare(facts, { kind: 'everybody', guestIds: people.guestsAmong(personIds) });
  }

  async function check(channelId: string, priority: Priority, listed?: ChannelFacts) {
    const facts = listed ?? (await lookAtChannel(api, channelId, priority));
    const members = facts && facts.kind !== 'direct' ? await lookAtMembers(api, channelId, priority) : undefined;
    if (!facts || (!members && facts.kind !== 'direct')) return lost(channelId);
    if (facts.kind === 'direct') return;
    const entry = { facts, members: new Set(members), checkedMs: now() };
    await people.know([...entry.members], priority);
    known.set(channelId, entry);
    await store(entry);
  }

  /** Slack does not show it to us (any more). What an import said of it stands; what we said ourselves does not. */
  async function lost(channelId: string) {
    known.delete(channelId);
    if (deps.settings.get(liveKey(channelId)) === undefined) return;
    const [source] = sources.readable(workspace.space).filter(({ key }) => key === channelId);
    if (source) await close({ id: channelId, name: source.name, kind: 'closed', isShared: false, isMember: false });
  }

  async function close(facts: ChannelFacts) {
    const members = known.get(facts.id)?.members;
    known.delete(facts.id);
    await declare(facts, { kind: 'members', personIds: facts.isMember && members ? [...members] : [] });
    log.info({ channel: facts.id }, 'a channel is open to its members only from now on');
  }

  const isStale = (channelId: string) =>
    now() - (known.get(channelId)?.checkedMs ?? Number.NEGATIVE_INFINITY) > deps.freshMs;

  /** @param listed what a list said of it, unless something has happened to it since the list was asked for */
  function refresh(channelId: string, priority: Priority, listed?: Listed): Promise<void> {
    return inTurn(channelId, async () => {
      if (!isStale(channelId)) return;
      const isTrue = listed !== undefined && listed.askedMs > (changedMs.get(channelId) ?? Number.NEGATIVE_INFINITY);
      await check(channelId, priority, isTrue ? listed.facts : undefined);
    });
  }

  async function sweepNow(priority: Priority) {
    const askedMs = now();
    const seen = new Map((await lookAtAllChannels(api, priority)).map((facts) => [facts.id, facts]));
    const before = new Map(
      sources
        .readable(workspace.space)
        .filter(({ kind }) => kind === 'channel')
        .map((source) => [source.key, source]),
    );
    for (const { key, name, open } of before.values()) {
      const facts = seen.get(key) ?? { id: key, name, kind: 'closed', isShared: false, isMember: false };
      if (open && (facts.kind !== 'open' || facts.isShared)) await inTurn(key, () => close(facts));
    }
    sweptMs = now();
    void lookClosely(
      [...seen.values()].filter(({ id, isMember }) => isMember || before.has(id)),
      askedMs,
    );
  }

  /** Behind the answers: who is in each of the channels. */
  async function lookClosely(channels: readonly ChannelFacts[], askedMs: number) {
    for (const facts of channels) {
      const listed = now() - askedMs < LISTED_MS ? { facts, askedMs } : undefined;
      try {
        await refresh(facts.id, 'background', listed);
      } catch (error) {
        log.debug({ err: error, channel: facts.id }, 'who is in a channel could not be looked up');
        return;
      }
    }
  }

  function sweep(priority: Priority): Promise<void> {
    sweeping ??= sweepNow(priority).finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  }

  return {
    sweep,
    async ensure(reader, priority = 'answer') {
      if (now() - sweptMs > deps.freshMs) await sweep(priority);
      if (reader.kind === 'place') {
        await refresh(reader.channelId, priority);
        return;
      }
      await people.know([reader.personId], priority);
      const audiences = deps.audiences({ ...reader, space: workspace.space }).map(({ id }) => id);
      const closed = sources
        .readable(workspace.space, audiences)
        .filter(({ open, kind }) => !open && kind === 'channel');
      await Promise.all(closed.map(({ key }) => refresh(key, priority)));
    },
    happened(change) {
      const { channelId } = change;
      changedMs.set(channelId, now());
      return inTurn(channelId, async () => {
        const entry = known.get(channelId);
        if (entry && (change.kind === 'joined' || change.kind === 'left')) {
          const members = new Set(entry.members);
          if (change.kind === 'left') members.delete(change.personId);
          else members.add(change.personId);
          if (change.personId === workspace.botUserId && change.kind === 'left') return lost(channelId);
          if (change.kind === 'joined') await people.know([change.personId], 'answer');
          const next = { ...entry, members };
          known.set(channelId, next);
          return store(next);
        }
        if (change.kind === 'closed') {
          const name =
            entry?.facts.name ?? sources.readable(workspace.space).find(({ key }) => key === channelId)?.name;
          await close({
            id: channelId,
            name: name ?? `#${channelId}`,
            kind: 'closed',
            isShared: false,
            isMember: true,
          });
        }
        known.delete(channelId);
        await check(channelId, 'answer');
      });
    },
    async personChanged(personId) {
      for (const [channelId, entry] of known) {
        if (entry.members.has(personId)) await inTurn(channelId, () => store(known.get(channelId) ?? entry));
      }
    },
    isKnown: (channelId) => deps.settings.get(liveKey(channelId)) !== undefined,
    doubt() {
      sweptMs = Number.NEGATIVE_INFINITY;
      known.clear();
      people.forget();
    },
  };
}
