import type { Clock } from '../../base/Clock.ts';
import type { Log } from '../../base/log.ts';
import type { Feedback } from '../../feedback/Feedback.ts';
import type { Review } from '../../feedback/review/createReview.ts';
import type { Answers, Threads } from '../../store/answers.ts';
import type { Audiences } from '../../store/audiences.ts';
import type { Names } from '../../store/names.ts';
import type { Passages } from '../../store/passages.ts';
import type { Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import type { WebSessions } from '../../store/webSessions.ts';
import type { Respond } from '../respond.ts';

/** What the page says about the state of things, below the box. */
export interface WebStatus {
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
  /** What opinions leave open, for whoever opened a link for the operator. */
  readonly review?: Review;
  readonly passages: Pick<Passages, 'around' | 'anyClosed'>;
  readonly audiences: Audiences;
  readonly names: Names;
  readonly spaces: Pick<Spaces, 'list'>;
  readonly sources: Pick<Sources, 'counted'>;
  /** Questions that can be answered from what is indexed, for a first visit. */
  readonly suggestions: () => Promise<readonly string[]>;
  readonly status: () => Promise<WebStatus>;
  /** Where to listen. Port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  /** Where a proxy in front answers, as an origin; links are made with it. */
  readonly publicUrl?: string | undefined;
  /** A browser that was not seen for so long needs a new link. */
  readonly sessionDays: number;
  /** A longer question is refused. */
  readonly questionCharacters: number;
  readonly log: Log;
  readonly now: Clock;
}
