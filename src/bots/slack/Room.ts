import type { Log } from '../../base/log.ts';
import type { Feedback } from '../../feedback/Feedback.ts';
import type { FindGaps } from '../../feedback/gaps/createGaps.ts';
import type { SlackApi } from '../../platforms/slack/api/createSlackApi.ts';
import type { Membership } from '../../platforms/slack/membership.ts';
import type { People } from '../../platforms/slack/people.ts';
import type { Workspace } from '../../platforms/slack/workspace.ts';
import type { Answers } from '../../store/answers.ts';
import type { Audiences } from '../../store/audiences.ts';
import type { Names } from '../../store/names.ts';
import type { Posts } from '../../store/posts.ts';
import type { Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import type { Question } from '../Chat.ts';
import type { Trouble } from '../Hearing.ts';
import type { SlackChat } from './chat/createSlackChat.ts';

export interface SlackSettings {
  /** Whether a message in a thread that was answered is a question by itself, or only when it mentions the bot. */
  readonly followUps: 'mention' | 'thread';
  readonly threadMessages: number;
  /** Who may save a reply as the answer. */
  readonly curators: readonly string[];
}

/** What the listeners of Slack's events work with. */
export interface Room {
  readonly api: SlackApi;
  readonly workspace: Workspace;
  readonly chat: SlackChat;
  readonly membership: Membership;
  readonly people: People;
  readonly posts: Posts;
  readonly answers: Answers;
  readonly names: Names;
  readonly spaces: Spaces;
  readonly sources: Sources;
  readonly audiences: Audiences;
  readonly feedback: Feedback;
  /** Stores a question; false when it is known. */
  readonly accept: (question: Question) => Promise<boolean>;
  readonly suggestions: () => Promise<readonly string[]>;
  /** What people ask and nothing answers, for the home tab. */
  readonly gaps?: FindGaps;
  readonly sendToResponseUrl: (url: string, message: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Resolves when it is on disk that a person asked to be forgotten. */
  readonly forgetMe: (spaceId: string, personId: string) => Promise<void>;
  /** What is wrong with the sources now. */
  readonly troubles: () => readonly Trouble[];
  /** Slack took the app's rights away. */
  readonly onRevoked: (how: string) => void;
  readonly settings: SlackSettings;
  readonly log: Log;
}
