import type { State } from './State.ts';
import type { Sessions } from './sessions.ts';

/** What everything that happens needs: where it happens, and who is told. */
export interface Hub {
  readonly state: State;
  readonly sessions: Sessions;
}
