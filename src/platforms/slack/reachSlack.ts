import type { Log } from '../../base/log.ts';
import { realTiming, type Timing } from '../../base/Timing.ts';
import type { Audiences } from '../../store/audiences.ts';
import type { Settings } from '../../store/settings.ts';
import type { Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import type { Budget } from './api/budget.ts';
import { createSlackApi } from './api/createSlackApi.ts';
import { createSlackLog } from './api/slackLog.ts';
import { declareWorkspace } from './declareWorkspace.ts';
import { createMembership } from './membership.ts';
import { createPeople } from './people.ts';
import type { SlackSide } from './SlackSide.ts';
import { findWorkspace } from './workspace.ts';

/**
 * Reaches a workspace without listening to it: for a process that asks it something and ends. Errors as SlackApi's.
 */
export async function reachSlack(deps: {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly store: {
    readonly spaces: Spaces;
    readonly sources: Sources;
    readonly audiences: Audiences;
    readonly settings: Settings;
  };
  readonly membershipFreshMs: number;
  readonly log: Log;
  readonly timing?: Timing;
  readonly budget?: Budget;
}): Promise<SlackSide> {
  const { log, timing = realTiming, membershipFreshMs: freshMs } = deps;
  const { spaces, sources, audiences, settings } = deps.store;
  const onRevoked = ({ message }: Error) => log.error(message);
  const api = createSlackApi({
    ...{ token: deps.token, url: deps.apiUrl, timing, onRevoked, logger: createSlackLog(log) },
    ...(deps.budget ? { budget: deps.budget } : {}),
  });
  const workspace = await declareWorkspace(deps.store, await findWorkspace(api));
  const people = createPeople({ api, spaces, workspace, freshMs });
  const membership = createMembership({
    ...{ api, workspace, people, spaces, sources, audiences, settings, freshMs, log },
  });
  return { api, workspace, people, membership };
}
