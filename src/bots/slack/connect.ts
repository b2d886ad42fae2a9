import { App, type Logger } from '@slack/bolt';
import type { BackscrollError } from '../../base/BackscrollError.ts';
import type { Timing } from '../../base/Timing.ts';
import type { SlackApi } from '../../platforms/slack/api/createSlackApi.ts';
import { sendToResponseUrl } from '../../platforms/slack/api/sendToResponseUrl.ts';
import { declareWorkspace } from '../../platforms/slack/declareWorkspace.ts';
import { createMembership, type Membership } from '../../platforms/slack/membership.ts';
import { createPeople, type People } from '../../platforms/slack/people.ts';
import type { Workspace } from '../../platforms/slack/workspace.ts';
import { createSlackChat, type SlackChat } from './chat/createSlackChat.ts';
import type { SlackDeps } from './createSlack.ts';
import { createHttpReceiver } from './intake/createHttpReceiver.ts';
import { createIntake, type SlackEvent } from './intake/createIntake.ts';
import { createSocket } from './intake/createSocket.ts';
import { createSeen } from './intake/seen.ts';
import { listen } from './listeners/listen.ts';
import type { Room } from './Room.ts';

/** Work that is under way when we stop is given so long. */
const STOP_WITHIN_MS = 5_000;

/** A workspace that knows us: everything that hears it and speaks to it. */
export interface Connection {
  readonly workspace: Workspace;
  readonly chat: SlackChat;
  readonly membership: Membership;
  readonly people: People;
  /** Begins to hear Slack, and takes up what an earlier process left. */
  open(): Promise<void>;
  isOpen(): boolean;
  url(): string | undefined;
  close(): Promise<void>;
}

export async function connect(
  deps: SlackDeps & {
    readonly api: SlackApi;
    readonly workspace: Workspace;
    readonly logger: Logger;
    readonly signal: AbortSignal;
    readonly timing: Timing;
    readonly onRevoked: (sentence: string) => void;
  },
): Promise<Connection> {
  const { api, store, log, signal, timing, logger, tokens, apiUrl } = deps;
  const workspace = await declareWorkspace(store, deps.workspace);
  const people = createPeople({ api, spaces: store.spaces, workspace, freshMs: deps.membershipFreshMs });
  const membership = createMembership({
    ...{ api, workspace, people, log, freshMs: deps.membershipFreshMs },
    ...{ sources: store.sources, spaces: store.spaces, audiences: store.audiences, settings: store.settings },
  });
  const send: Room['sendToResponseUrl'] = (url, message) => sendToResponseUrl(url, message, apiUrl);
  const chat = createSlackChat({ api, workspace, posts: store.posts, sendToResponseUrl: send, signal, log });
  const room: Room = {
    ...{ api, workspace, chat, membership, people, log, settings: deps.settings },
    ...{ posts: store.posts, answers: store.answers, names: store.names, spaces: store.spaces },
    ...{ sources: store.sources, audiences: store.audiences, feedback: deps.feedback },
    ...{ accept: deps.accept, suggestions: deps.suggestions, sendToResponseUrl: send },
    ...(deps.gaps ? { gaps: deps.gaps } : {}),
    ...{ forgetMe: deps.forgetMe, troubles: deps.troubles ?? (() => []) },
    onRevoked: (how) => deps.onRevoked(`${how} Install it again, set SLACK_BOT_TOKEN to the new token and restart.`),
  };

  function onGap() {
    membership.doubt();
    deps.hearing?.missed();
  }
  const socket = tokens.app ? createSocket({ appToken: tokens.app, apiUrl, timing, logger, log, onGap }) : undefined;
  const http = socket
    ? undefined
    : createHttpReceiver({ signingSecret: tokens.signingSecret ?? '', ...deps.http, logger, log, now: timing.now });
  const receiver = socket?.receiver ?? http;
  if (!receiver) throw new Error('neither Socket Mode nor HTTP');

  const bolt = new App({
    receiver,
    authorize: async () => ({
      ...{ botToken: tokens.bot, botUserId: workspace.botUserId, teamId: workspace.teamId },
      ...(workspace.botId ? { botId: workspace.botId } : {}),
    }),
    convoStore: false,
    logger,
    clientOptions: { ...(apiUrl ? { slackApiUrl: apiUrl } : {}), retryConfig: { retries: 0 } },
  });
  bolt.error(async (error) => {
    throw error.original ?? error;
  });
  const seen = createSeen(store.settings, timing.now);
  const isWanted = listen(bolt, room);
  // Bolt acknowledges before it has stored anything; so it is given what was stored and acknowledged before.
  const work = bolt.processEvent.bind(bolt);
  const intake = createIntake({
    ...{ inbox: store.inbox, log, work, hearing: deps.hearing },
    isWanted(event: SlackEvent) {
      seen.note(event);
      return isWanted(event);
    },
  });
  bolt.processEvent = (received) => intake.receive(received);

  async function keepFresh() {
    while (!signal.aborted) {
      await membership.sweep('background').catch((error: BackscrollError) => {
        if (!signal.aborted) log.warn({ err: error }, 'who may read which channel could not be looked up');
      });
      await timing.wait(deps.membershipFreshMs * 0.8, signal);
    }
  }

  let url: string | undefined;
  return {
    ...{ workspace, chat, membership, people },
    async open() {
      void keepFresh();
      await intake.resume();
      await deps.hearing?.resume();
      if (socket) return socket.connect();
      url = await http?.start();
      log.info({ url }, 'listening for Slack');
    },
    isOpen: () => socket?.isConnected() ?? url !== undefined,
    url: () => url,
    async close() {
      await (socket ? socket.close() : http?.stop());
      await Promise.race([intake.idle(), timing.wait(STOP_WITHIN_MS)]);
    },
  };
}
