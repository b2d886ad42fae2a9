import type { FakeClock } from '../clock/createClock.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever apps and tests send as JSON
export type Json = any;

export interface FakeUser {
  readonly id: string;
  name: string;
  globalName: string | null;
  isBot: boolean;
  /** Takes no DMs from the bot (50007). */
  hasDmsClosed?: boolean;
}

export interface FakeRole {
  readonly id: string;
  name: string;
  permissions: bigint;
  position: number;
}

export interface FakeMember {
  readonly userId: string;
  nick: string | null;
  readonly roles: Set<string>;
  readonly joinedMs: number;
}

export interface FakeGuild {
  readonly id: string;
  name: string;
  ownerId: string;
  readonly roles: Map<string, FakeRole>;
  readonly members: Map<string, FakeMember>;
  isAvailable: boolean;
}

export type ChannelKind =
  | 'text'
  | 'dm'
  | 'voice'
  | 'category'
  | 'announcement'
  | 'announcementThread'
  | 'publicThread'
  | 'privateThread'
  | 'forum'
  | 'media';

export interface FakeOverwrite {
  readonly id: string;
  readonly type: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export interface FakeChannel {
  readonly id: string;
  kind: ChannelKind;
  readonly guildId?: string;
  parentId?: string;
  name: string;
  topic: string | null;
  position: number;
  overwrites: FakeOverwrite[];
  /** By id, oldest first. */
  readonly messages: Map<string, FakeMessage>;
  /** Of the newest message that ever was; it stays when that is deleted. */
  lastMessageId?: string;
  /** Seen by one person each; the app reaches them by its interaction's token only. */
  readonly ephemerals: Map<string, FakeMessage & { readonly forUserId: string }>;
  /** Of a thread or forum post. */
  readonly thread?: FakeThread;
  /** Of a forum or media channel. */
  readonly tags: { readonly id: string; readonly name: string }[];
  /** Of a DM. */
  readonly recipientId?: string;
}

export interface FakeThread {
  readonly ownerId: string;
  readonly members: Map<string, number>;
  isArchived: boolean;
  isLocked: boolean;
  archivedMs: number;
  autoArchiveMinutes: number;
  appliedTags: readonly string[];
}

export interface FakeAttachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly isEphemeral?: boolean;
}

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly atMs: number;
  /** As Discord numbers them: 0 a message, 19 a reply, 20 a slash command's, 21 a thread's first, 23 a menu's … */
  type: number;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: FakeAttachment[];
  flags: number;
  editedMs?: number;
  isPinned: boolean;
  /** By what the emoji is called (`👍`, or `name:id`), in the order of the first of each. */
  readonly reactions: Map<string, Set<string>>;
  nonce?: string | number;
  replyTo?: string;
  /** Of a notice (18): the thread that it says was begun. */
  threadId?: string;
  /** Ids of whom it notifies. */
  mentions: readonly string[];
  mentionRoles: readonly string[];
  mentionEveryone: boolean;
  allowedMentions?: Json;
  interaction?: { readonly id: string; readonly type: number; readonly userId: string; readonly name?: string };
  webhookId?: string;
}

export type InteractionKind = 'command' | 'button' | 'select' | 'autocomplete' | 'modal';

/** One thing that a person asked the app to do, and what became of it. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly userId: string;
  readonly channelId: string;
  /** The command's name, or the custom id. */
  readonly name: string;
  readonly atMs: number;
  /** `failed`: nothing came within 3 seconds; the person reads "The application did not respond". */
  state: 'waiting' | 'answered' | 'failed';
  /** The first answer as it was given: `{type, data}`. */
  answer?: Json;
  answeredMs?: number;
  /** What the person sees as the answer now; undefined when there is none (yet), or it was deleted. */
  reply(): FakeMessage | undefined;
  /** Messages after the first one that still exist, oldest first. */
  followUps(): readonly FakeMessage[];
  /** What autocomplete offered. */
  choices(): readonly { readonly name: string; readonly value: string | number }[];
  /** The modal that was opened: `{custom_id, title, components}`. */
  modal(): Json | undefined;
  /** Resolves with this once it is answered or failed. */
  readonly answered: Promise<Interaction>;
}

/** What the fake remembers about an interaction besides what tests see. */
export interface InteractionRecord {
  readonly interaction: Interaction;
  readonly type: number;
  /** The message whose button was pressed. */
  readonly messageId?: string;
  /** A command of a message's menu, not one with a slash. */
  readonly isMenu: boolean;
  readonly settle: () => void;
  originalId?: string;
  /** The defer's "thinking …" is still there. */
  isLoading: boolean;
  isEphemeral: boolean;
  readonly followUpIds: string[];
}

/** Everything that this Discord is, and what the parts of the fake share. */
export interface State {
  readonly clock: FakeClock;
  readonly app: { readonly id: string; readonly botUserId: string; readonly name: string };
  /** The bot's; it may be reset. */
  token: string;
  isTokenGood: boolean;
  /** Privileged intents that are switched on in the portal, as bits. */
  allowedIntents: number;
  readonly users: Map<string, FakeUser>;
  readonly guilds: Map<string, FakeGuild>;
  /** Threads and DMs too. */
  readonly channels: Map<string, FakeChannel>;
  /** By the guild's id; '' for the global ones. */
  readonly commands: Map<string, Json[]>;
  /** By token. */
  readonly interactions: Map<string, InteractionRecord>;
  readonly typings: { readonly channelId: string; readonly atMs: number }[];
  readonly sparse: Sparse;
  /** Calls that no app should ever make, in words. */
  readonly violations: string[];
  /** The server's own address, `http://127.0.0.1:PORT`, once it listens. */
  origin: string;
  /** A snowflake of now, or of that moment. */
  nextId(atMs?: number): string;
  /** Tells whoever waits for something that the state may have become what they wait for. */
  changed(): void;
}

/** How servers that others wrote differ from Discord. */
export interface Sparse {
  /** `refused`: every RESUME is answered with op 9 false. */
  readonly resume: 'known' | 'refused';
  /** Callback type 5 (and 6): refused with 404, or answered with 204 and nothing done. */
  readonly defer: 'known' | 'refused' | 'ignored';
  /** `lean`: no optional field that discord.js can do without. `bare`: also without those that it trips over. */
  readonly objects: 'full' | 'lean' | 'bare';
}
