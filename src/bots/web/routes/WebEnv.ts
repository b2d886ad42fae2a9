import type { Context } from 'hono';
import type { LiveAnswers } from '../liveAnswers.ts';
import type { OwnAnswer } from '../ownAnswer.ts';
import type { ViewPassage } from '../viewPassage.ts';
import type { ViewThread } from '../viewThread.ts';
import type { WebDeps } from '../WebDeps.ts';

/** What a request carries once its session is known. */
export interface WebEnv {
  Variables: { personId: string };
}

export type WebContext = Context<WebEnv>;

/** What the routes are made of. */
export interface RouteDeps extends WebDeps {
  readonly live: LiveAnswers;
  readonly ownAnswer: OwnAnswer;
  readonly viewThread: ViewThread;
  readonly viewPassage: ViewPassage;
  /** Whose browser opened a link for the operator since this process began. */
  readonly operators: Set<string>;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}
