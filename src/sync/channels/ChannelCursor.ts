import { z } from 'zod';

/**
 * A stretch of a channel's history that is still to be read, newest first: after `after`, before `before` (ids, both
 * exclusive; absent: to the beginning, to now). `deep`: the replies of every thread in it are read too, since an edited
 * reply does not show at its root.
 */
const stretchSchema = z.object({
  after: z.string().optional(),
  before: z.string().optional(),
  deep: z.literal(true).optional(),
});
export type Stretch = z.output<typeof stretchSchema>;

/** How far a channel is. All that is newer than `todo` says, up to `readMs`, has been read at least once. */
const cursorSchema = z.object({
  version: z.literal(1),
  todo: z.array(stretchSchema),
  /** When the newest page was asked for, by our clock, in milliseconds since 1970. */
  readMs: z.number(),
  /** The whole of it is read again in turn: since when, down to where, and how many messages of it so far. */
  pass: z.object({
    begunMs: z.number(),
    before: z.string().optional(),
    done: z.number(),
    isOver: z.boolean(),
    isUrgent: z.literal(true).optional(),
  }),
  /** Since when a page is held back because it would take away more than a share of what is known. */
  heldMs: z.number().optional(),
});
export type ChannelCursor = z.output<typeof cursorSchema>;

/** @returns undefined for none, or one of a version that is not ours: the channel is read from the start again */
export function readCursor(text: string | undefined): ChannelCursor | undefined {
  if (text === undefined) return undefined;
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export const writeCursor = (cursor: ChannelCursor): string => JSON.stringify(cursor);
