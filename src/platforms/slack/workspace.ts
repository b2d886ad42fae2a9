import { z } from 'zod';
import type { SlackApi } from './api/createSlackApi.ts';

/** The workspace that the token belongs to, and who we are in it. */
export interface Workspace {
  readonly teamId: string;
  readonly name: string;
  /** `slack:T061A2UFL`: the same space as an import of this workspace. */
  readonly space: string;
  /** `acme` of `acme.slack.com`, for links. */
  readonly domain?: string;
  readonly botUserId: string;
  readonly botId?: string;
  /** What the token is allowed, as Slack tells with each answer; undefined when it does not tell. */
  readonly scopes?: readonly string[];
}

const id = z.string().regex(/^[A-Z0-9]{2,40}$/);

const answer = z.object({
  team_id: id,
  team: z.string().catch(''),
  url: z.string().catch(''),
  user_id: id,
  bot_id: id.optional().catch(undefined),
  response_metadata: z
    .object({ scopes: z.array(z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Asks Slack whose token it is: https://docs.slack.dev/reference/methods/auth.test. Errors as SlackApi's. */
export async function findWorkspace(api: SlackApi): Promise<Workspace> {
  const found = await api.call('auth.test', {}, { answer, priority: 'answer' });
  const domain = /^https:\/\/([a-z0-9][a-z0-9-]{0,60}(?:\.enterprise)?)\.slack\.com\/?$/.exec(found.url)?.[1];
  const scopes = found.response_metadata?.scopes;
  return {
    teamId: found.team_id,
    name: found.team.toWellFormed().trim().slice(0, 200) || found.team_id,
    space: `slack:${found.team_id}`,
    ...(domain ? { domain } : {}),
    botUserId: found.user_id,
    ...(found.bot_id ? { botId: found.bot_id } : {}),
    ...(scopes ? { scopes } : {}),
  };
}
