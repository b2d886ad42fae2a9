import type { TextChecks } from '../../store/textChecks.ts';
import { CHECK_VERSION, type CheckText } from '../redact/createCheckText.ts';
import { createFindNames, type FindNames } from '../redact/findNames.ts';

/** Looks at the texts around answers once, and keeps what was found beside them. What is left to do lies in the database. */
export interface TextChecking {
  /** The texts around one answer. */
  answer(answerId: string): Promise<void>;
  /** Everything that people said something about. @returns how many answers were looked at */
  settle(signal?: AbortSignal): Promise<number>;
}

const ANSWERS_AT_ONCE = 200;
/** So many spaces' names are kept ready. */
const MOST_SPACES = 50;

/** Lets whoever asks a question meanwhile have their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createTextChecking(deps: { readonly checks: TextChecks; readonly check: CheckText }): TextChecking {
  const { checks, check } = deps;

  function namesOf(known: Map<string, FindNames>, spaceId: string | undefined): FindNames | undefined {
    if (spaceId === undefined) return undefined;
    const found = known.get(spaceId) ?? createFindNames(checks.people(spaceId));
    if (known.size >= MOST_SPACES) known.clear();
    known.set(spaceId, found);
    return found;
  }

  async function lookAt(answerId: string, known: Map<string, FindNames>): Promise<void> {
    const found = [];
    for (const { kind, key, text, spaceId } of checks.owed(answerId, CHECK_VERSION)) {
      const { tokens, findings } = await check(text, namesOf(known, spaceId));
      found.push({ kind, key, version: CHECK_VERSION, tokens, findings: JSON.stringify(findings) });
    }
    if (found.length > 0) checks.put(found);
  }

  return {
    answer: (answerId) => lookAt(answerId, new Map()),
    async settle(signal) {
      const known = new Map<string, FindNames>();
      for (let count = 0; ; ) {
        const owed = checks.answersOwed(CHECK_VERSION, ANSWERS_AT_ONCE);
        for (const answerId of owed) {
          signal?.throwIfAborted();
          await breathe();
          await lookAt(answerId, known);
        }
        count += owed.length;
        if (owed.length === 0) return count;
      }
    },
  };
}
