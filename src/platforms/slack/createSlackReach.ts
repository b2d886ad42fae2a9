import { reachSlack } from './reachSlack.ts';
import type { SlackSide } from './SlackSide.ts';

/** One way to Slack for all who need it in a process: the bot's own while it runs, else one that does not listen. */
export interface SlackReach {
  side(): Promise<SlackSide>;
  /** From now on it is this one. */
  use(side: () => Promise<SlackSide>): void;
}

export function createSlackReach(deps: Parameters<typeof reachSlack>[0]): SlackReach {
  let own: Promise<SlackSide> | undefined;
  let given: (() => Promise<SlackSide>) | undefined;
  return {
    side() {
      if (given) return given();
      own ??= reachSlack(deps);
      // It may be there the next time.
      own.catch(() => {
        own = undefined;
      });
      return own;
    },
    use(side) {
      given = side;
    },
  };
}
