import { z } from 'zod';
import { homeSchema } from '../intake/eventSchemas.ts';
import type { Room } from '../Room.ts';
import { homeView } from '../render/homeView.ts';

const GAPS_SHOWN = 10;
const TROUBLES_SHOWN = 20;

/**
 * Somebody opened the app's home: what is wrong with the sources, and what is asked and not answered, as far as this
 * person may know. Who is in which channel is looked up first; where Slack does not tell, nothing is shown of what others
 * asked. Who may not read a channel is not told of its troubles, since its name alone may say too much; what concerns no
 * channel is for the curators.
 */
export function createHomeEvents(room: Room) {
  const { api, membership, workspace, sources, audiences, log } = room;

  /** Whether it is known, now, what this person may read. */
  async function isSure(personId: string): Promise<boolean> {
    try {
      await membership.ensure({ kind: 'person', personId });
      return true;
    } catch (error) {
      log.warn({ err: error }, 'who opened the home tab may read what could not be looked up');
      return false;
    }
  }

  function troublesFor(personId: string, sure: boolean): string[] {
    const reader = { kind: 'person', space: workspace.space, personId } as const;
    const own = sure ? audiences(reader).map(({ id }) => id) : [];
    const readable = new Set(sources.readable(workspace.space, own).map(({ key }) => key));
    const isCurator = room.settings.curators.includes(personId);
    return room
      .troubles()
      .filter(({ channelId }) => (channelId === undefined ? isCurator : readable.has(channelId)))
      .map(({ sentence }) => sentence)
      .slice(0, TROUBLES_SHOWN);
  }

  async function gapsFor(personId: string) {
    try {
      return (await room.gaps?.({ kind: 'person', space: workspace.space, personId }, GAPS_SHOWN)) ?? [];
    } catch (error) {
      log.warn({ err: error }, 'what nobody answers could not be looked up');
      return [];
    }
  }

  return async (event: unknown): Promise<void> => {
    const parsed = homeSchema.safeParse(event);
    if (!parsed.success || parsed.data.tab !== 'home') return;
    const { user } = parsed.data;
    const sure = await isSure(user);
    const view = homeView(sure ? await gapsFor(user) : [], troublesFor(user, sure));
    try {
      await api.call('views.publish', { user_id: user, view }, { answer: z.object({}), priority: 'show', brief: true });
    } catch (error) {
      log.debug({ err: error }, 'the home tab could not be shown');
    }
  };
}
