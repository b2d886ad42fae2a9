import type { SyncState } from '../store/syncStates.ts';

export interface Alert {
  readonly syncId: string;
  readonly name: string;
  readonly spaceId: string;
  readonly kind: 'stale' | 'shrinks' | 'fails';
  /** What is wrong, and what to do, for the operator. */
  readonly sentence: string;
}

/** What the operator should know of the sources as they are now. */
export function alertsOf(states: readonly SyncState[], nowMs: number, failuresToTell: number): Alert[] {
  return states.flatMap((state) => {
    const { id: syncId, name, spaceId, failures, error, holding } = state;
    const alert = (kind: Alert['kind'], sentence: string): Alert[] => [{ syncId, name, spaceId, kind, sentence }];
    if (failures >= failuresToTell) {
      return alert('fails', `${name} has failed ${failures} times in a row: ${error ?? 'the reason is in the log.'}`);
    }
    if (holding !== undefined) {
      return alert(
        'shrinks',
        `${name} has lost much of what it held. It is taken away if the next run finds the same.`,
      );
    }
    // A clock that jumps ahead makes everything stale for one round, and nothing else.
    const sinceMs = nowMs - (state.successMs ?? state.knownMs);
    if (sinceMs <= state.staleAfterMs) return [];
    const why = error === undefined ? 'See backscroll status.' : error;
    return alert(
      'stale',
      `${name} is ${inWords(sinceMs)} behind; it should be at most ${inWords(state.staleAfterMs)}. ${why}`,
    );
  });
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
