import type { PersonNames } from '../../store/personNames.ts';
import { CHECKED_KINDS, type CheckedKind, type TextChecks } from '../../store/textChecks.ts';
import { addNames, CHECK_VERSION } from '../redact/createCheckText.ts';
import type { FindNames } from '../redact/findNames.ts';
import type { NamesOf } from './createNamesOf.ts';
import { findingsOf } from './findingsOf.ts';

const AT_ONCE = 500;

/**
 * A text is looked at when it is written, and people become known later. The names since the last time are looked for in
 * all texts of their spaces; nothing is written but what was found, and nothing is read when nobody became known.
 */
export function createAddLateNames(deps: {
  readonly checks: TextChecks;
  readonly names: PersonNames;
  readonly namesOf: Pick<NamesOf, 'since'>;
  readonly breathe: () => Promise<void>;
}): () => Promise<void> {
  const { checks, names, namesOf } = deps;

  /** @returns the last key that was looked at, or undefined when there are no more */
  function lookAt(kind: CheckedKind, after: string, late: ReadonlyMap<string, FindNames>): string | undefined {
    // Read and written in one turn: nothing changes between.
    const texts = checks.checked(kind, after, AT_ONCE, CHECK_VERSION);
    const changed = texts.flatMap(({ key, text, spaceIds, findings }) => {
      const finders = spaceIds.flatMap((spaceId) => late.get(spaceId) ?? []);
      if (finders.length === 0 || text === '') return [];
      const all = addNames(text, findingsOf(findings), (folded) => finders.flatMap((find) => find(folded)));
      return all ? [{ kind, key, findings: JSON.stringify(all) }] : [];
    });
    if (changed.length > 0) checks.setFindings(changed);
    return texts.at(-1)?.key;
  }

  return async () => {
    const [latest, looked] = [names.latest(), names.looked()];
    if (latest === looked) return;
    const late = new Map<string, FindNames>();
    for (const spaceId of names.spacesSince(looked)) late.set(spaceId, await namesOf.since(spaceId, looked));
    for (const kind of late.size > 0 ? CHECKED_KINDS : []) {
      for (let last: string | undefined = ''; last !== undefined; last = lookAt(kind, last, late)) await deps.breathe();
    }
    names.setLooked(latest);
  };
}
