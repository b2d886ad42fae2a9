import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import { realTiming, type Timing } from '../../base/Timing.ts';
import type { Feedback } from '../../feedback/Feedback.ts';
import type { FindGaps } from '../../feedback/gaps/createGaps.ts';
import { isUnsure } from '../../platforms/patiently.ts';
import { createSlackApi, type SlackApi } from '../../platforms/slack/api/createSlackApi.ts';
import { createSlackLog } from '../../platforms/slack/api/slackLog.ts';
import type { SlackSide } from '../../platforms/slack/SlackSide.ts';
import { findWorkspace } from '../../platforms/slack/workspace.ts';
import type { Store } from '../../store/store.ts';
import type { Question } from '../Chat.ts';
import { createGuard } from '../createGuard.ts';
import { createLateChat } from '../createLateChat.ts';
import type { Hearing, Trouble } from '../Hearing.ts';
import type { PlatformBot } from '../PlatformBot.ts';
import { type Connection, connect } from './connect.ts';
import type { SlackEvent } from './intake/createIntake.ts';
import type { Room, SlackSettings } from './Room.ts';
import { escapeMrkdwn } from './render/neutralise.ts';
import { WORDS } from './render/words.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export interface SlackDeps {
  readonly store: Pick<
    Store,
    'inbox' | 'posts' | 'answers' | 'names' | 'spaces' | 'sources' | 'audiences' | 'settings'
  >;
  readonly feedback: Feedback;
  readonly accept: (question: Question) => Promise<boolean>;
  readonly suggestions: () => Promise<readonly string[]>;
  readonly gaps?: FindGaps;
  readonly tokens: {
    readonly bot: string;
    /** With it: Socket Mode. */
    readonly app?: string | undefined;
    readonly signingSecret?: string | undefined;
  };
  /** SLACK_API_URL: where the methods are, if not at Slack. */
  readonly apiUrl?: string | undefined;
  readonly http: { readonly host: string; readonly port: number };
  readonly membershipFreshMs: number;
  readonly settings: SlackSettings;
  /** Who hears its events too. */
  readonly hearing?: Hearing<SlackEvent> | undefined;
  /** Resolves when it is on disk that a person asked to be forgotten. */
  readonly forgetMe: Room['forgetMe'];
  readonly troubles?: (() => readonly Trouble[]) | undefined;
  readonly log: Log;
  readonly timing?: Timing;
}

export interface SlackState {
  readonly mode: 'socket' | 'http';
  readonly isConnected: boolean;
  /** Where Slack's requests are taken, without Socket Mode. */
  readonly url?: string;
  readonly workspace?: string;
  /** What is wrong, for the operator. */
  readonly problem?: string;
}

/** Backscroll in a Slack workspace. */
export interface Slack extends PlatformBot<SlackState> {
  /** What sync shares with us: one client, one budget, one list of who is where. Resolves once Slack knows us. */
  side(): Promise<SlackSide>;
  /** Posts a sentence for the operator into a channel. Errors as SlackApi's. */
  tell(channelId: string, sentence: string): Promise<void>;
}

/** Throws BackscrollError `usage` when neither Socket Mode nor HTTP is configured. */
export function createSlack(deps: SlackDeps): Slack {
  const { tokens, log, timing = realTiming } = deps;
  const mode = tokens.app ? 'socket' : 'http';
  if (mode === 'http' && !tokens.signingSecret) {
    throw new BackscrollError(
      'usage',
      'SLACK_BOT_TOKEN is set, but nothing to hear Slack with. Set SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET (HTTP).',
    );
  }
  const stopping = new AbortController();
  const { signal } = stopping;
  const logger = createSlackLog(log);
  const late = createLateChat<Connection>('slack', signal);
  let connection: Connection | undefined;
  let problem: string | undefined;

  function onRevoked(sentence: string) {
    problem ??= sentence;
    log.error(sentence);
  }

  const api = createSlackApi({
    ...{ token: tokens.bot, url: deps.apiUrl, timing, logger },
    onRevoked: ({ message }) => onRevoked(message),
  });

  /** Slack may be away when we start. */
  async function findOurs(of: SlackApi) {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await findWorkspace(of);
      } catch (error) {
        if (!isUnsure(error) || signal.aborted) throw error;
        log.warn('Slack cannot be reached; it is tried again');
        await timing.wait(waitMs, signal);
      }
    }
  }

  async function start() {
    const workspace = await findOurs(api);
    connection = await connect({ ...deps, api, workspace, logger, signal, timing, onRevoked });
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
      platform: 'slack',
      cannotTell: WORDS.cannotTell,
      ensure: async (reader) => {
        const { membership, workspace } = await late.connected;
        if (workspace.space !== reader.space) return false;
        await membership.ensure(reader);
        return true;
      },
      ...{ timing, log },
    }),
    state() {
      const url = connection?.url();
      return {
        mode,
        isConnected: problem === undefined && (connection?.isOpen() ?? false),
        ...(url ? { url } : {}),
        ...(connection ? { workspace: connection.workspace.name } : {}),
        ...(problem ? { problem } : {}),
      };
    },
    async side() {
      const { workspace, people, membership } = await late.connected;
      return { api, workspace, people, membership };
    },
    async tell(channel, sentence) {
      const text = escapeMrkdwn(sentence);
      await api.call(
        'chat.postMessage',
        { channel, text },
        { answer: z.unknown(), priority: 'show', once: true, signal },
      );
    },
    async stop() {
      stopping.abort();
      late.stop();
      await connection?.close();
    },
  };
}
