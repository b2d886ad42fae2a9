import { z } from 'zod';
import type { BackscrollError } from '../../base/BackscrollError.ts';
import type { DiscordApi } from '../../platforms/discord/api/createDiscordApi.ts';
import type { DiscordSide } from '../../platforms/discord/DiscordSide.ts';
import { createGateway, type GatewayEvent } from '../../platforms/discord/gateway/createGateway.ts';
import { type Identity, learnIdentity } from '../../platforms/discord/Identity.ts';
import { createMembership, type Membership } from '../../platforms/discord/server/createMembership.ts';
import { createServers, type Servers } from '../../platforms/discord/server/createServers.ts';
import { createDiscordChat, type DiscordChat } from './chat/createDiscordChat.ts';
import { registerCommands } from './commands.ts';
import type { DiscordDeps } from './createDiscord.ts';
import { createIntake } from './intake/createIntake.ts';
import { intentsFor } from './intents.ts';
import { createAskEvents } from './listeners/askEvents.ts';
import { createAsking } from './listeners/createAsking.ts';
import { createListeners } from './listeners/createListeners.ts';
import type { Room } from './Room.ts';

/** Work that is under way when we stop is given so long. */
const STOP_WITHIN_MS = 5_000;
const REGISTER_AGAIN_MS = 60_000;

/** A Discord that knows us: everything that hears it and speaks to it. */
export interface Connection {
  readonly identity: Identity;
  readonly chat: DiscordChat;
  readonly membership: Membership;
  readonly servers: Servers;
  readonly met: NonNullable<DiscordSide['met']>;
  /** Begins to hear Discord, and takes up what an earlier process left. */
  open(): Promise<void>;
  isOpen(): boolean;
  /** Whether Discord refused us the content of messages. */
  lacksContent(): boolean;
  close(): Promise<void>;
}

export function connect(
  deps: DiscordDeps & {
    readonly api: DiscordApi;
    readonly identity: Identity;
    readonly signal: AbortSignal;
    readonly onRefused: (error: BackscrollError) => void;
  },
): Connection {
  const { api, identity, store, log, signal } = deps;
  const servers = createServers(api);
  const membership = createMembership({
    ...{ api, servers, spaces: store.spaces, sources: store.sources, audiences: store.audiences },
    ...{ members: store.discordMembers, ownId: () => identity.botUserId, log },
  });
  const chat = createDiscordChat({ api, identity, posts: store.posts, signal, log });
  const { accept, forgetMe, feedback, settings } = deps;
  const room: Room = {
    api,
    identity,
    chat,
    servers,
    membership,
    store,
    feedback,
    accept,
    forgetMe,
    settings,
    signal,
    log,
  };
  const asking = createAsking(room);
  const asks = createAskEvents(room, asking);
  const intake = createIntake(room, createListeners(room, asking, asks), asks, deps.hearing);
  let isRefused = false;
  let isRegistering = false;

  function register() {
    if (!isRegistering) void registerLastingly();
    isRegistering = true;
  }

  function onEvent(event: GatewayEvent): Promise<void> | undefined {
    if (event.type === 'READY') {
      servers.forget();
      learnIdentity(identity, event.data);
      register();
    }
    const change = servers.happened(event.type, event.data);
    if (change) membership.happened(change);
    return intake.receive(event);
  }

  const gateway = createGateway({
    ...{ api, token: deps.token, settings: store.settings, log, onEvent, onRefused: deps.onRefused },
    intents(wasRefused) {
      isRefused ||= wasRefused;
      const { hasMessageContent } = identity;
      return intentsFor({ messageContent: settings.messageContent, hasMessageContent }, wasRefused);
    },
    onResumed() {
      // A process that goes on with the session of another one knows of no server.
      if (servers.ids().length > 0) return;
      findServers().catch((err) => log.warn({ err }, 'the servers could not be looked at'));
    },
    onMissed() {
      log.info('events of Discord were missed while there was no connection');
      deps.hearing?.missed();
      deps.onMissed?.(servers.ids().map((id) => `discord:${id}`));
    },
  });

  async function findServers() {
    const answer = z.array(z.object({ id: z.string() }));
    const guilds = await api.call('GET', '/users/@me/guilds', { answer, priority: 'answer', signal });
    for (const { id } of guilds) servers.expect(id);
    for (const { id } of guilds) membership.happened({ guildId: id });
  }

  /** Once a process, as often as it takes. */
  async function registerLastingly() {
    while (!signal.aborted) {
      try {
        return await registerCommands(api, store.settings, identity.appId, signal);
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error }, 'the commands could not be registered; it is tried again');
        await api.timing.wait(REGISTER_AGAIN_MS, signal);
      }
    }
  }

  return {
    ...{ identity, chat, membership, servers, met: (_guildId, raw) => intake.met(raw) },
    async open() {
      if (identity.appId) register();
      await intake.resume();
      await deps.hearing?.resume();
      await gateway.connect();
      log.info({ servers: servers.ids().length }, 'connected to Discord');
    },
    isOpen: gateway.isConnected,
    lacksContent: () => settings.messageContent && (isRefused || identity.hasMessageContent === false),
    async close() {
      await gateway.close();
      await Promise.race([intake.idle(), api.timing.wait(STOP_WITHIN_MS)]);
    },
  };
}
