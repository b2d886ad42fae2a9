import type { LinkedPlace, LinkingChannel } from '../../../store/linkedPages.ts';

export interface Placing {
  /** The channels in whose places the page is to be: one for each audience that links to it. */
  readonly wanted: readonly LinkingChannel[];
  /** Of those, the ones that lack it. */
  readonly missing: readonly LinkingChannel[];
  /** Places where it is and should not be. */
  readonly surplus: readonly number[];
}

/**
 * Where a linked page belongs. A document has one audience, so that there is one copy for each audience that links to it,
 * in the place of one channel of that audience, readable by whoever may read that channel at any moment. So a page that
 * fifty open channels link to is there once, and when that channel is closed it is closed with it, until a copy lies with
 * another. Nothing of a copy (that it is there, how often it is linked) shows to another audience.
 */
export function placesOf(channels: readonly LinkingChannel[], places: readonly LinkedPlace[]): Placing {
  const held = new Map(places.map(({ channelId, placeId }) => [channelId, placeId]));
  const chosen = new Map<number, LinkingChannel>();
  for (const channel of channels) {
    const before = chosen.get(channel.audienceId);
    // Where it is already it stays.
    if (!before || (!held.has(before.sourceId) && held.has(channel.sourceId))) chosen.set(channel.audienceId, channel);
  }
  const wanted = [...chosen.values()];
  const kept = new Set(wanted.map(({ sourceId }) => sourceId));
  return {
    wanted,
    missing: wanted.filter(({ sourceId }) => !held.has(sourceId)),
    surplus: places.filter(({ channelId }) => !kept.has(channelId)).map(({ placeId }) => placeId),
  };
}
