import type { TextChecks } from '../../store/textChecks.ts';
import { CHECK_VERSION, type CheckText } from '../redact/createCheckText.ts';
import { createFindNames, type FindNames } from '../redact/findNames.ts';

/** Looks at the texts around answers once, and keeps what was found beside them. */
export interface TextChecking {
  /** Those of these answers that the present version of the checks did not look at yet. */
  answers(answerIds: readonly string[]): Promise<void>;
}

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
    async answers(answerIds) {
      const known = new Map<string, FindNames>();
      for (const [at, answerId] of answerIds.entries()) {
        if (at > 0) await breathe();
        await lookAt(answerId, known);
      }
    },
  };
}
