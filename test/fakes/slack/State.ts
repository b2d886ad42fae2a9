import type { FakeClock } from '../clock/createClock.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever apps and tests send as JSON
export type Json = any;

export interface FakeUser {
  readonly id: string;
  name: string;
  realName: string;
  /** Another team's than the workspace's own: somebody from outside, met over Slack Connect. */
  teamId: string;
  isBot: boolean;
  isAdmin: boolean;
  /** A guest of several channels (`is_restricted`), or of one (`is_ultra_restricted` too). */
  guest: 'no' | 'multi-channel' | 'single-channel';
  deleted: boolean;
  botId?: string;
  appId?: string;
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface FakeChannel {
  readonly id: string;
  name: string;
  kind: ChannelKind;
  readonly members: Set<string>;
  /** By ts, oldest first. */
  readonly messages: Map<string, FakeMessage>;
  readonly ephemerals: FakeEphemeral[];
  /** Assistant threads of a DM with the app, by thread_ts. */
  readonly assistantThreads: Map<string, AssistantThread>;
  isExtShared: boolean;
  isArchived: boolean;
  isDeleted: boolean;
  isGeneral: boolean;
  topic: string;
  purpose: string;
  readonly creator: string;
  readonly createdMs: number;
}

export interface FakeMessage {
  readonly ts: string;
  threadTs?: string;
  subtype?: string;
  user?: string;
  botId?: string;
  appId?: string;
  username?: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: Json;
  edited?: { readonly user: string; readonly ts: string };
  /** By emoji name, in the order of the first of each. */
  readonly reactions: Map<string, Set<string>>;
  files: string[];
  clientMsgId?: string;
  isBroadcast: boolean;
  /** What only some messages carry: `inviter`, `topic`, `name` … */
  extra: Json;
  stream?: { state: 'in_progress' | 'completed' | 'stopped' | 'errored'; readonly startedMs: number };
}

export interface FakeEphemeral {
  readonly ts: string;
  readonly userId: string;
  readonly threadTs?: string;
  text: string;
  blocks?: Json[];
}

export interface AssistantThread {
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs: string;
  context: Json;
  title?: string;
  prompts?: { readonly title?: string; readonly prompts: readonly { title: string; message: string }[] };
}

export interface FakeFile {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly mimetype: string;
  readonly size: number;
  readonly channelIds: string[];
  isDeleted: boolean;
}

export interface FakeView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  /** As it was opened, with what Slack adds. */
  payload: Json;
  readonly userId: string;
  readonly rootId: string;
  readonly previousId: string | null;
  isOpen: boolean;
}

export interface FakeToken {
  readonly token: string;
  readonly kind: 'bot' | 'app';
  scopes: readonly string[];
  state: 'good' | 'revoked' | 'expired' | 'inactive';
}

/** A short-lived permission to open a modal. */
export interface Trigger {
  readonly userId: string;
  readonly atMs: number;
  isUsed: boolean;
  readonly viewId?: string;
}

export interface ResponseUrl {
  readonly channelId: string;
  readonly userId: string;
  readonly messageTs?: string;
  readonly atMs: number;
  uses: number;
}

/** A status line under the composer of a thread. */
export interface ThreadStatus {
  readonly channelId: string;
  readonly threadTs: string;
  readonly status: string;
  readonly loadingMessages: readonly string[];
  readonly atMs: number;
}

/** Everything that the workspace is, and what the parts of the fake share. */
export interface State {
  readonly clock: FakeClock;
  readonly team: { readonly id: string; name: string; domain: string };
  readonly app: {
    readonly id: string;
    readonly botUserId: string;
    readonly botId: string;
    readonly name: string;
    readonly signingSecret: string;
    readonly verificationToken: string;
  };
  readonly users: Map<string, FakeUser>;
  readonly channels: Map<string, FakeChannel>;
  readonly files: Map<string, FakeFile>;
  readonly usergroups: Json[];
  readonly views: Map<string, FakeView>;
  readonly tokens: Map<string, FakeToken>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly statuses: ThreadStatus[];
  /** Calls that no app should ever make, in words. */
  readonly violations: string[];
  /** The server's own address, `http://127.0.0.1:PORT`, once it listens. */
  origin: string;
  nextTs(): string;
  nextId(prefix: string): string;
  /** Tells whoever waits for something that the state may have become what they wait for. */
  changed(): void;
}
