import { z } from 'zod';
import type { PersonFacts } from '../../knowledge/ingest/Ingest.ts';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().catch(false);

/** https://docs.slack.dev/reference/objects/user-object; `id` is all that must be there. */
const userSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  team_id: text,
  name: text,
  real_name: text,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  profile: z.object({ real_name: text, display_name: text }).catch({}),
});

export interface SlackPeople {
  /** False if it is no user. */
  add(raw: unknown): boolean;
  /** The team that most of them belong to; people of connected workspaces carry their own. */
  teamId(): string | undefined;
  list(): PersonFacts[];
  isBot(personId: string): boolean | undefined;
  nameOf(personId: string): string;
}

/** Gathers the people of an export from the elements of its users.json. */
export function createSlackPeople(): SlackPeople {
  const users = new Map<string, PersonFacts & { readonly teamId?: string }>();
  const teams = new Map<string, number>();
  const teamId = () => [...teams].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number])[0] || undefined;
  return {
    add(raw) {
      const parsed = userSchema.safeParse(raw);
      if (!parsed.success) return false;
      const { id, team_id, name, real_name, profile, ...user } = parsed.data;
      const clean = (value: string | undefined) => value?.toWellFormed().trim().slice(0, 200) || undefined;
      const handle = clean(name);
      const shown = clean(profile.display_name) ?? clean(profile.real_name) ?? clean(real_name) ?? handle ?? id;
      const alsoCalled = [...new Set([profile.real_name, real_name].flatMap((one) => clean(one) ?? []))].filter(
        (one) => one !== shown && one !== handle,
      );
      const isTeam = team_id !== undefined && isSlackId(team_id);
      if (isTeam) teams.set(team_id, (teams.get(team_id) ?? 0) + 1);
      users.set(id, {
        id,
        name: shown,
        ...(handle === undefined ? {} : { handle }),
        ...(alsoCalled.length > 0 ? { alsoCalled } : {}),
        isBot: user.is_bot || id === 'USLACKBOT',
        isGuest: user.is_restricted || user.is_ultra_restricted || user.is_stranger,
        ...(isTeam ? { teamId: team_id } : {}),
      });
      return true;
    },
    teamId,
    list() {
      const home = teamId();
      // Somebody from a connected workspace sees the channels shared with theirs, as a guest does.
      return [...users.values()].map(({ teamId: team, ...person }) => ({
        ...person,
        isGuest: person.isGuest || (team !== undefined && team !== home && !person.isBot),
      }));
    },
    isBot: (personId) => users.get(personId)?.isBot,
    nameOf: (personId) => users.get(personId)?.name ?? personId,
  };
}

/** Ids go into links and into the identity of a space: nothing but letters and digits is one. */
export function isSlackId(value: string): boolean {
  return /^[A-Z0-9]{2,40}$/.test(value);
}
