import { z } from 'zod';
import type { AudienceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { channelLists } from './detect.ts';

const flag = z.boolean().catch(false);
const text = z.string().optional().catch(undefined);

/** https://docs.slack.dev/reference/objects/conversation-object, and what exports write of it. */
const channelSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  name: text,
  members: z
    .array(z.unknown())
    .catch([])
    .transform((ids) => ids.filter((id) => typeof id === 'string')),
  is_private: flag,
  is_im: flag,
  is_mpim: flag,
});

export interface SlackChannel {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** What its folder may be called. */
  readonly folders: readonly string[];
  readonly audience: AudienceFacts;
}

/**
 * Reads one element of one of the four lists of channels. Only what stands in channels.json and is not said to be
 * private there (some tools write all kinds into it) is for everybody; the rest is for its members, and for nobody if
 * they are not told.
 * @returns undefined if it is no channel
 */
export function readSlackChannel(
  raw: unknown,
  list: (typeof channelLists)[number],
  nameOf: (personId: string) => string,
): SlackChannel | undefined {
  const parsed = channelSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, members, is_private, is_im, is_mpim } = parsed.data;
  const given = parsed.data.name?.toWellFormed().normalize('NFC').trim() || undefined;
  const isPublic = list === 'channels.json' && !is_private && !is_im && !is_mpim;
  const isBetweenPeople = list === 'dms.json' || list === 'mpims.json' || is_im || is_mpim;
  const people = members.slice(0, 10).map((person) => `@${nameOf(person)}`);
  return {
    id,
    name: isBetweenPeople && people.length > 0 ? people.join(', ') : `#${given ?? id}`,
    folders: given === undefined ? [id] : [given, id],
    audience: isPublic ? { kind: 'everybody' } : { kind: 'members', personIds: members },
  };
}
