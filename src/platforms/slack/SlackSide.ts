import type { SlackApi } from './api/createSlackApi.ts';
import type { Membership } from './membership.ts';
import type { People } from './people.ts';
import type { Workspace } from './workspace.ts';

/** A workspace that knows us: what bots and sync share of it, so that there is one budget, and one list of who is where. */
export interface SlackSide {
  readonly api: SlackApi;
  readonly workspace: Workspace;
  readonly people: People;
  readonly membership: Membership;
}
