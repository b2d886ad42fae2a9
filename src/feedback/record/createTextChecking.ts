import type { PersonNames } from '../../store/personNames.ts';
import type { TextChecks } from '../../store/textChecks.ts';
import { CHECK_VERSION, type CheckText } from '../redact/createCheckText.ts';
import { createAddLateNames } from './createAddLateNames.ts';
import { createNamesOf } from './createNamesOf.ts';

/** Looks at the texts around answers once, and keeps what was found beside them. */
export interface TextChecking {
  /** Those of these answers that the present version of the checks did not look at yet. */
  answers(answerIds: readonly string[]): Promise<void>;
  /** Looks in all that was looked at before for people who became known since; at once when there are none. */
  addLateNames(): Promise<void>;
}

/** Lets whoever asks a question meanwhile have their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createTextChecking(deps: {
  readonly checks: TextChecks;
  readonly names: PersonNames;
  readonly check: CheckText;
}): TextChecking {
  const { checks, names, check } = deps;
  const namesOf = createNamesOf(names);

  async function lookAt(answerId: string): Promise<void> {
    for (;;) {
      const known = names.latest();
      const found = [];
      for (const { kind, key, text, spaceIds } of checks.owed(answerId, CHECK_VERSION)) {
        const { tokens, findings } = await check(text, await namesOf.spaces(spaceIds));
        found.push({ kind, key, version: CHECK_VERSION, tokens, findings: JSON.stringify(findings) });
      }
      // Somebody who became known meanwhile may stand in them, and the look for late names may be over already.
      if (names.latest() !== known) continue;
      if (found.length > 0) checks.put(found);
      return;
    }
  }

  return {
    async answers(answerIds) {
      for (const [at, answerId] of answerIds.entries()) {
        if (at > 0) await breathe();
        await lookAt(answerId);
      }
    },
    addLateNames: createAddLateNames({ checks, names, namesOf, breathe }),
  };
}
