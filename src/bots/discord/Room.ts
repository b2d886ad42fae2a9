import type { Log } from '../../base/log.ts';
import type { Feedback } from '../../feedback/Feedback.ts';
import type { DiscordApi } from '../../platforms/discord/api/createDiscordApi.ts';
import type { Identity } from '../../platforms/discord/Identity.ts';
import type { Membership } from '../../platforms/discord/server/createMembership.ts';
import type { Servers } from '../../platforms/discord/server/createServers.ts';
import type { Store } from '../../store/store.ts';
import type { Question } from '../Chat.ts';
import type { DiscordChat } from './chat/createDiscordChat.ts';

export interface DiscordSettings {
  /** How much of a thread is read along with a question. */
  readonly threadMessages: number;
  /** Who may save a reply as the answer. */
  readonly curators: readonly string[];
  /** Whether the content of messages is asked for, where the portal allows it. */
  readonly messageContent: boolean;
}

export type DiscordStore = Pick<
  Store,
  | 'inbox'
  | 'posts'
  | 'answers'
  | 'threads'
  | 'names'
  | 'spaces'
  | 'sources'
  | 'audiences'
  | 'settings'
  | 'discordMembers'
>;

/** What the listeners of Discord's events work with. */
export interface Room {
  readonly api: DiscordApi;
  readonly identity: Identity;
  readonly chat: DiscordChat;
  readonly servers: Servers;
  readonly membership: Membership;
  readonly store: DiscordStore;
  readonly feedback: Feedback;
  /** Resolves when it is on disk that a person asked to be forgotten. */
  readonly forgetMe: (spaceId: string, personId: string) => Promise<void>;
  /** Stores a question; false when it is known. */
  readonly accept: (question: Question) => Promise<boolean>;
  readonly settings: DiscordSettings;
  readonly signal: AbortSignal;
  readonly log: Log;
}
