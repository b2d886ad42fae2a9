import type { FakeSlack } from '../../../../test/fakes/slack/FakeSlack.ts';
import type { Timing } from '../../../base/Timing.ts';
import type { Budget } from '../../../platforms/slack/api/budget.ts';
import { createSlackReach, type SlackReach } from '../../../platforms/slack/createSlackReach.ts';
import { openSyncHome } from '../sync/openSyncHome.ts';

const DAY_MS = 86_400_000;

/** A home of its own that is thrown away, with all of sync on a Slack of ours and its clock. */
export async function openBenchHome(fake: FakeSlack, timing: Timing, budget?: Budget) {
  let reach: SlackReach | undefined;
  const home = await openSyncHome(timing, (store, log) => {
    reach = createSlackReach({
      ...{ token: fake.botToken, apiUrl: fake.apiUrl, store, log, timing, membershipFreshMs: DAY_MS },
      ...(budget ? { budget } : {}),
    });
    return { slackSide: reach.side };
  });
  return { ...home, reach: reach as SlackReach };
}

export type BenchHome = Awaited<ReturnType<typeof openBenchHome>>;
