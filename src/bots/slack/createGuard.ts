import type { Log } from '../../base/log.ts';
import type { Ask } from '../../knowledge/ask/Ask.ts';
import type { Timing } from '../../platforms/slack/api/Timing.ts';
import type { Membership } from '../../platforms/slack/membership.ts';
import { WORDS } from './render/words.ts';

const PATIENCE_MS = 45_000;

/**
 * Asks only when it is known, and fresh, who will read the answer: before each question of a Slack workspace its
 * channel's members are looked up if that was too long ago. Where Slack does not tell, the answer says so instead.
 */
export function createGuard(deps: {
  /** The membership of a space; undefined when it is not one of a workspace that we are connected to. */
  readonly membershipOf: (space: string) => Promise<Membership | undefined>;
  readonly timing: Timing;
  readonly log: Log;
}): (ask: Ask) => Ask {
  async function isFresh(reader: Parameters<Ask>[0]['reader']): Promise<boolean> {
    if (reader.kind === 'everybody' || !reader.space.startsWith('slack:')) return true;
    const done = new AbortController();
    const late = deps.timing.wait(PATIENCE_MS, done.signal).then(() => false);
    const looked = deps.membershipOf(reader.space).then(async (membership) => {
      await membership?.ensure(reader);
      return membership !== undefined;
    });
    try {
      return await Promise.race([looked, late]);
    } catch (error) {
      deps.log.warn({ err: error }, 'a question is not answered: Slack does not tell who would read the answer');
      return false;
    } finally {
      done.abort();
      looked.catch(() => {});
    }
  }

  return (ask) => async (request) => {
    const fresh = await isFresh(request.reader);
    request.signal.throwIfAborted();
    if (fresh) return ask(request);
    // For a reader who may read nothing: a whole trace, and not a word of what is not meant for those who read along.
    const { release: _, ...nobody } = { ...request, reader: { kind: 'everybody' as const, spaces: [] } };
    const { trace } = await ask(nobody);
    const answer = { status: 'failed' as const, text: WORDS.cannotTell, citations: [], notes: [] };
    return { answer, trace: { ...trace, status: 'failed', reader: request.reader } };
  };
}
