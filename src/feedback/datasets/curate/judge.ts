import type { Origin, PreferenceFacts } from '../../record/PreferenceRecords.ts';
import type { Policy } from '../Policy.ts';
import type { Reason } from '../reasons.ts';

/** Whether a record may be trained on: its words, and the passages that it rests on. */
export interface Judgement {
  /** Why not at all. */
  readonly bar?: Reason;
  /** True when only the passages may not. */
  readonly withoutPassages: boolean;
}

/**
 * A record's provenance is the union of its question's, its passages', its voters' and its corrector's: the strictest
 * decides. Voters and correctors who opted out are not counted at all (see `opinionOf`).
 */
export function judge(record: PreferenceFacts, policy: Policy): Judgement {
  const bar = barOf(record, policy);
  if (bar) return { bar, withoutPassages: false };
  const isOpen = record.passages.every(
    (passage) =>
      !passage.findings.some(({ kind }) => kind === 'secret') && passageBar(record, passage.from, policy) === undefined,
  );
  if (isOpen) return { withoutPassages: false };
  if (!policy.withoutPassages) {
    const hasSecret = record.passages.some(({ findings }) => findings.some(({ kind }) => kind === 'secret'));
    const isAllowed = record.passages.every(({ from }) => passageBar(record, from, policy) === undefined);
    return { bar: hasSecret && isAllowed ? 'secret' : 'passages-not-allowed', withoutPassages: false };
  }
  return { withoutPassages: true };
}

function barOf(record: PreferenceFacts, policy: Policy): Reason | undefined {
  if (record.erased || record.question.isEmpty) return 'erased';
  if (record.asked.optedOut) return 'opted-out';
  if (record.served.origin === 'imported') {
    const isAllowed = record.served.mayTrain === true || isAllowedSpace(record.asked, policy);
    return isAllowed ? undefined : 'import-not-allowed';
  }
  return originBar(record.asked, policy);
}

/** Imported passages come with the leave of their question. */
function passageBar(record: PreferenceFacts, from: Origin, policy: Policy): Reason | undefined {
  if (from.gone) return 'erased';
  return record.served.origin === 'imported' ? undefined : originBar(from, policy);
}

function originBar(origin: Origin, policy: Policy): Reason | undefined {
  if (origin.optedOut) return 'opted-out';
  if (origin.platform === 'discord') return 'discord';
  // What is typed into the local web chat is its operator's to allow, as `web`.
  if (origin.platform !== 'web') {
    if (origin.audience === 'person') return 'direct-message';
    if (origin.audience === 'members') return 'private-channel';
    if (origin.audience !== 'everybody') return 'audience-unknown';
  }
  return isAllowedSpace(origin, policy) ? undefined : 'space-not-allowed';
}

function isAllowedSpace({ platform, spaceId }: Origin, { spaces }: Policy): boolean {
  return spaces.has(spaceId ?? platform);
}
