import { z } from 'zod';
import type { PersonRecord } from '../../store/spaces.ts';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().catch(false);

/** https://docs.slack.dev/reference/objects/user-object; `id` is all that must be there. */
const userSchema = z.object({
  id: z.string().regex(/^[A-Z0-9]{2,40}$/),
  team_id: text,
  name: text,
  real_name: text,
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  profile: z.object({ real_name: text, display_name: text }).catch({}),
});

/**
 * A user as a person of the space. Guests, people of connected workspaces and accounts that were closed may read only
 * the channels that they are in: all three are guests to us.
 * @param homeTeamId the workspace that the space is; on an Enterprise Grid users may carry the organisation's id instead
 * @returns undefined if it is no user
 */
export function readUser(raw: unknown, homeTeamId: string): PersonRecord | undefined {
  const parsed = userSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, team_id, name, real_name, profile, ...user } = parsed.data;
  const clean = (value: string | undefined) => value?.toWellFormed().trim().slice(0, 200) || undefined;
  const handle = clean(name);
  const shown = clean(profile.display_name) ?? clean(profile.real_name) ?? clean(real_name) ?? handle ?? id;
  const alsoCalled = [...new Set([profile.real_name, real_name].flatMap((one) => clean(one) ?? []))].filter(
    (one) => one !== shown && one !== handle,
  );
  const isForeign = team_id !== undefined && team_id !== homeTeamId && team_id.startsWith('T');
  return {
    id,
    name: shown,
    ...(handle === undefined ? {} : { handle }),
    ...(alsoCalled.length > 0 ? { alsoCalled } : {}),
    isBot: user.is_bot || id === 'USLACKBOT',
    isGuest:
      !user.is_bot && (user.is_restricted || user.is_ultra_restricted || user.is_stranger || user.deleted || isForeign),
  };
}
