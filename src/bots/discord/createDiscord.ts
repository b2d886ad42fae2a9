import type { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import { realTiming, type Timing } from '../../base/Timing.ts';
import type { Feedback } from '../../feedback/Feedback.ts';
import { createDiscordApi } from '../../platforms/discord/api/createDiscordApi.ts';
import type { DiscordSide } from '../../platforms/discord/DiscordSide.ts';
import { findIdentity } from '../../platforms/discord/findIdentity.ts';
import type { GatewayEvent } from '../../platforms/discord/gateway/createGateway.ts';
import { patiently } from '../../platforms/patiently.ts';
import type { Question } from '../Chat.ts';
import { createGuard } from '../createGuard.ts';
import { createLateChat } from '../createLateChat.ts';
import type { Hearing } from '../Hearing.ts';
import type { PlatformBot } from '../PlatformBot.ts';
import { type Connection, connect } from './connect.ts';
import { guardProcess } from './guardProcess.ts';
import type { DiscordSettings, DiscordStore } from './Room.ts';
import { WORDS } from './words.ts';

export interface DiscordDeps {
  readonly store: DiscordStore;
  readonly feedback: Feedback;
  readonly accept: (question: Question) => Promise<boolean>;
  /** Resolves when it is on disk that a person asked to be forgotten. */
  readonly forgetMe: (spaceId: string, personId: string) => Promise<void>;
  readonly token: string;
  /** DISCORD_API_URL: where the API is, if not at Discord; without the version. */
  readonly apiUrl?: string | undefined;
  readonly settings: DiscordSettings;
  /** Events of these spaces may have been missed: what was said meanwhile has to be fetched. */
  readonly onMissed?: (spaces: readonly string[]) => void;
  /** Who hears its events too. */
  readonly hearing?: Hearing<GatewayEvent> | undefined;
  readonly log: Log;
  readonly timing?: Timing;
}

export interface DiscordState {
  readonly isConnected: boolean;
  readonly bot?: string;
  /** In how many servers it is. */
  readonly servers: number;
  /** 401s, 403s and 429s of the last ten minutes. */
  readonly invalidRequests: number;
  /** What is wrong, for the operator. */
  readonly problem?: string;
  /** What it does without, and how to change that. */
  readonly limits?: string;
}

/** Backscroll in Discord servers. */
export interface Discord extends PlatformBot<DiscordState> {
  /** What sync shares with us: one client, one budget, one list of who is where. Resolves once Discord knows us. */
  side(): Promise<DiscordSide>;
}

export const CONTENT_SWITCH = (appId: string) =>
  `Without the content of messages it answers commands, menus, mentions and direct messages, and reads no thread along. Switch on Message Content Intent at https://discord.com/developers/applications/${appId}/bot, and restart.`;

export function createDiscord(deps: DiscordDeps): Discord {
  const { log, timing = realTiming } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const late = createLateChat<Connection>('discord', signal);
  let connection: Connection | undefined;
  let problem: string | undefined;
  let unguard: (() => void) | undefined;

  function onRefused({ message }: BackscrollError) {
    if (problem === undefined) log.error(message);
    problem ??= message;
  }

  const api = createDiscordApi({ token: deps.token, url: deps.apiUrl, timing, onRevoked: onRefused });

  async function start() {
    unguard = guardProcess(log);
    // Discord may be away when we start.
    const identity = await patiently(() => findIdentity(api), timing, signal);
    connection = connect({ ...deps, api, identity, signal, onRefused });
    late.arrived(connection);
    await connection.open();
  }

  return {
    chat: late.chat,
    start: () =>
      late.connect(start, (sentence) => {
        problem ??= sentence;
      }),
    guard: createGuard({
      ...{ platform: 'discord', cannotTell: WORDS.cannotTell, timing, log },
      async ensure(reader) {
        await (await late.connected).membership.ensure(reader);
        return true;
      },
    }),
    async side() {
      const { identity, servers, membership, met } = await late.connected;
      return { api, identity, servers, membership, met };
    },
    state() {
      return {
        isConnected: problem === undefined && (connection?.isOpen() ?? false),
        ...(connection ? { bot: connection.identity.name } : {}),
        servers: connection?.servers.ids().length ?? 0,
        invalidRequests: api.invalidRequests(),
        ...(problem ? { problem } : {}),
        ...(connection?.lacksContent() ? { limits: CONTENT_SWITCH(connection.identity.appId) } : {}),
      };
    },
    async stop() {
      stopping.abort();
      late.stop();
      await connection?.close();
      unguard?.();
    },
  };
}
