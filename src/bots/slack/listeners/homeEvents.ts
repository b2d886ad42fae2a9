import { z } from 'zod';
import { homeSchema } from '../intake/eventSchemas.ts';
import type { Room } from '../Room.ts';
import { homeView } from '../render/homeView.ts';

const GAPS_SHOWN = 10;

/**
 * Somebody opened the app's home: what is asked and not answered, as far as this person may know. Who is in which
 * channel is looked up first; where Slack does not tell, nothing is shown of what others asked.
 */
export function createHomeEvents({ api, membership, workspace, gaps, log }: Room) {
  async function gapsFor(personId: string) {
    if (!gaps) return [];
    try {
      await membership.ensure({ kind: 'person', personId });
      return await gaps({ kind: 'person', space: workspace.space, personId }, GAPS_SHOWN);
    } catch (error) {
      log.warn({ err: error }, 'what nobody answers could not be looked up');
      return [];
    }
  }

  return async (event: unknown): Promise<void> => {
    const parsed = homeSchema.safeParse(event);
    if (!parsed.success || parsed.data.tab !== 'home') return;
    const { user } = parsed.data;
    const view = homeView(await gapsFor(user));
    try {
      await api.call('views.publish', { user_id: user, view }, { answer: z.object({}), priority: 'show', brief: true });
    } catch (error) {
      log.debug({ err: error }, 'the home tab could not be shown');
    }
  };
}
