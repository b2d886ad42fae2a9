import { z } from 'zod';

const flag = z.boolean().catch(false);

/** https://docs.slack.dev/reference/objects/conversation-object: what decides who may read it. */
const channelSchema = z.object({
  id: z.string().regex(/^[A-Z0-9]{2,40}$/),
  name: z.string().catch(''),
  is_private: flag,
  is_im: flag,
  is_mpim: flag,
  is_group: flag,
  is_member: flag,
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
  is_archived: flag,
  created: z.number().nonnegative().catch(0),
});

export interface ChannelFacts {
  readonly id: string;
  readonly name: string;
  /** `open`: every full member of the workspace may read it. `direct`: a DM, which is read by a person, not a place. */
  readonly kind: 'open' | 'closed' | 'direct';
  /** People of another workspace are in it, or may come in at any moment. */
  readonly isShared: boolean;
  /** Whether we are in it. */
  readonly isMember: boolean;
  readonly isArchived?: boolean;
  /** Between a few people, without a name of its own. */
  readonly isGroup?: boolean;
  /** When it was made, in milliseconds since 1970, if that is known. */
  readonly createdMs?: number;
}

/** Undefined if it is no conversation. */
export function readChannelFacts(raw: unknown): ChannelFacts | undefined {
  const parsed = channelSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, name, is_private, is_im, is_mpim, is_group, is_member, is_ext_shared, is_pending_ext_shared } =
    parsed.data;
  const { is_archived, created } = parsed.data;
  const isClosed = is_private || is_mpim || is_group;
  const given = name.toWellFormed().trim().slice(0, 200);
  return {
    id,
    name: is_mpim ? 'a group conversation' : `#${given || id}`,
    kind: is_im ? 'direct' : isClosed ? 'closed' : 'open',
    isShared: is_ext_shared || is_pending_ext_shared,
    isMember: is_member,
    ...(is_archived ? { isArchived: true } : {}),
    ...(is_mpim ? { isGroup: true } : {}),
    ...(created > 0 ? { createdMs: created * 1000 } : {}),
  };
}
