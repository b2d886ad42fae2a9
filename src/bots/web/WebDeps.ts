import type { Clock } from '../../base/Clock.ts';
import type { Log } from '../../base/log.ts';
import type { Feedback } from '../../feedback/Feedback.ts';
import type { Answers, Threads } from '../../store/answers.ts';
import type { Audiences } from '../../store/audiences.ts';
import type { Names } from '../../store/names.ts';
import type { Passages } from '../../store/passages.ts';
import type { Spaces } from '../../store/spaces.ts';
import type { WebSessions } from '../../store/webSessions.ts';
import type { Respond } from '../respond.ts';

/** What the page says about the state of things, below the box. */
export interface WebStatus {
  /** How many passages can be searched. */
  readonly passages: number;
  readonly importing: boolean;
  /** True while Chroma cannot be asked, so that only words are searched. */
  readonly wordsOnly: boolean;
  /** Who writes the answers; undefined when passages are quoted. */
  readonly model?: string;
}

/** What the web chat needs of the rest. */
export interface WebDeps {
  /** Stores a question and has it answered; false when it is known already. */
  readonly accept: Respond['accept'];
  readonly answers: Pick<Answers, 'thread' | 'find'>;
  readonly threads: Threads;
  readonly sessions: WebSessions;
  readonly feedback: Feedback;
  readonly passages: Pick<Passages, 'around' | 'anyClosed'>;
  readonly audiences: Audiences;
  readonly names: Names;
  readonly spaces: Pick<Spaces, 'list'>;
  /** Questions that can be answered from what is indexed, for a first visit. */
  readonly suggestions: () => Promise<readonly string[]>;
  readonly status: () => Promise<WebStatus>;
  /** Where to listen. Port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  /** A browser that was not seen for so long needs a new link. */
  readonly sessionDays: number;
  /** A longer question is refused. */
  readonly questionCharacters: number;
  readonly log: Log;
  readonly now: Clock;
}
