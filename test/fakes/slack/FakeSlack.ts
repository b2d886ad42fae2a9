import type { FakeClock } from '../clock/createClock.ts';
import type { Events } from './events.ts';
import type { Fault, FaultOptions } from './faults.ts';
import type { HttpOut } from './httpEvents.ts';
import type { Limits } from './limits.ts';
import type {
  ChannelKind,
  FakeChannel,
  FakeEphemeral,
  FakeMessage,
  FakeUser,
  FakeView,
  Json,
  ThreadStatus,
} from './State.ts';
import type { Sockets } from './socketMode.ts';
import type { Person } from './userSide.ts';
import type { Call } from './webApi.ts';
import type { ChannelChange } from './workspace.ts';

export interface FakeSlackOptions {
  /** Runs with real time by default; `createClock({ running: false })` stands still until it is advanced. */
  readonly clock?: FakeClock;
  /** Of the bot's token; all that there are without it. */
  readonly scopes?: readonly string[];
  /** What the app is subscribed to (`message.channels`, `app_mention` …); everything without it. */
  readonly subscriptions?: readonly string[] | 'all';
  /** Slack's own by default. */
  readonly limits?: 'off' | Partial<Limits>;
  /** Where the app listens, for HTTP in place of Socket Mode. */
  readonly eventsUrl?: string;
}

export interface FakeSlack {
  /** For SLACK_API_URL and `slackApiUrl`: `http://127.0.0.1:PORT/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  /** The domain of the workspace's permalinks: `acme` of `acme.slack.com`. */
  readonly domain: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly clock: FakeClock;

  // The workspace. Making something tells nobody (it was always there) unless it says `announce`.
  addUser(id: string, more?: Partial<Omit<FakeUser, 'id'>> & { readonly announce?: boolean }): string;
  changeUser(id: string, change: Partial<Omit<FakeUser, 'id'>>): void;
  /** Its members; the bot is one of them unless `withoutBot`. */
  addChannel(id: string, members: readonly string[], more?: ChannelOptions): string;
  addFile(name: string, userId: string, channelIds: readonly string[]): string;
  addUsergroup(id: string, handle: string, userIds: readonly string[]): void;
  /** The DM of a person with the app. */
  dm(userId: string): string;
  invite(channelId: string, userId: string, inviter?: string): void;
  kick(channelId: string, userId: string): void;
  rename(channelId: string, name: string): void;
  convert(channelId: string, kind: 'public' | 'private'): void;
  /** Archived, unarchived, deleted, shared with another team, or no longer. */
  change(channelId: string, change: Exclude<ChannelChange, 'created'>): void;

  user(id: string): Person;

  // What is to be seen.
  /** A channel's messages (replies too), oldest first. */
  messages(channelId: string): readonly FakeMessage[];
  /** A thread's messages, the root first. */
  thread(channelId: string, threadTs: string): readonly FakeMessage[];
  message(channelId: string, ts: string): FakeMessage | undefined;
  ephemerals(userId: string): readonly (FakeEphemeral & { readonly channelId: string })[];
  /** The open modals and the home tab of a person. */
  views(userId: string): readonly FakeView[];
  readonly statuses: readonly ThreadStatus[];
  /** The status line that people see in a thread now; it goes away with the app's next post there, and after 2 minutes. */
  status(channelId: string, threadTs: string): string | undefined;
  channel(id: string): FakeChannel;
  calls(method?: string): readonly Call[];
  /** Malformed calls and other things that no app should do. A good test ends with none. */
  readonly violations: readonly string[];
  /** Resolves once it holds; asked again whenever something happened here. */
  when(holds: () => boolean): Promise<void>;

  // What goes wrong.
  fail(fault: Fault, options?: FaultOptions): void;
  mend(): void;
  setToken(which: 'bot' | 'app', state: 'good' | 'revoked' | 'expired' | 'inactive'): void;
  setScopes(scopes: readonly string[]): void;

  readonly events: Omit<Events, 'emit'> & { emit(event: Json, channelId?: string): string | undefined };
  readonly sockets: Sockets;
  readonly http: Omit<HttpOut, 'carrier' | 'stop'>;
  /** Drops all connections and frees the port. May be called twice. */
  stop(): Promise<void>;
}

export interface ChannelOptions {
  readonly name?: string;
  readonly kind?: Extract<ChannelKind, 'public' | 'private' | 'mpim'>;
  readonly isExtShared?: boolean;
  readonly isArchived?: boolean;
  readonly isGeneral?: boolean;
  readonly withoutBot?: boolean;
  readonly announce?: boolean;
}
