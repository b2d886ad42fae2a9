import type { Log } from '../base/log.ts';
import type { Timing } from '../base/Timing.ts';
import type { Ask } from '../knowledge/ask/Ask.ts';
import type { Reader } from '../knowledge/Reader.ts';

const PATIENCE_MS = 45_000;

/** A reader of one space. */
type OwnReader = Exclude<Reader, { readonly kind: 'everybody' }>;

/**
 * Asks only when it is known, and fresh, who will read the answer: before each question of a platform's space who may
 * read its place is looked up if that was too long ago. Where the platform does not tell, the answer says so instead.
 */
export function createGuard(deps: {
  /** `slack`, the beginning of its spaces' ids; questions of other spaces are none of its business. */
  readonly platform: string;
  /** Makes what is known of a reader fresh; false for a space that we are not connected to. */
  readonly ensure: (reader: OwnReader) => Promise<boolean>;
  /** What is said instead of an answer. */
  readonly cannotTell: string;
  readonly timing: Timing;
  readonly log: Log;
}): (ask: Ask) => Ask {
  async function isFresh(reader: Parameters<Ask>[0]['reader']): Promise<boolean> {
    if (reader.kind === 'everybody' || !reader.space.startsWith(`${deps.platform}:`)) return true;
    const done = new AbortController();
    const late = deps.timing.wait(PATIENCE_MS, done.signal).then(() => false);
    const looked = deps.ensure(reader);
    try {
      return await Promise.race([looked, late]);
    } catch (error) {
      deps.log.warn({ err: error }, 'a question is not answered: the platform does not tell who would read the answer');
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
    const answer = { status: 'failed' as const, text: deps.cannotTell, citations: [], notes: [] };
    return { answer, trace: { ...trace, status: 'failed', reader: request.reader } };
  };
}
