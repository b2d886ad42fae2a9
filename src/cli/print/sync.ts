import type { StatusResult } from '../operations/status.ts';
import type { SyncResult } from '../operations/sync.ts';
import type { TakeBackResult } from '../operations/takeBack.ts';
import { counted, table } from './table.ts';

const SHOWN = 30;

export function syncInWords({ sources, problems }: SyncResult): string {
  const rows = sources.map(({ name, id, messages, pages, failures, error }) => {
    const sum = (of: 'added' | 'changed' | 'unchanged' | 'removed') => messages[of] + pages[of];
    const state = error ?? (failures > 0 ? `${counted(failures)} could not be read: see backscroll status` : 'done');
    return [
      name,
      id,
      counted(sum('added')),
      counted(sum('changed')),
      counted(sum('removed')),
      counted(sum('unchanged')),
      state,
    ];
  });
  return [
    sources.length === 0
      ? 'There is nothing to sync yet: invite Backscroll to a channel, or name sources in the config.'
      : table([['source', 'id', 'new', 'changed', 'gone', 'as before', ''], ...rows]),
    ...problems.map(({ kind, sentence }) => `${kind}: ${sentence}`),
  ].join('\n');
}

export function takeBackInWords({ takenBack }: TakeBackResult): string {
  const names = takenBack.map(({ name }) => name).join(', ');
  return `${names}: read again with the next sync (start looks every few minutes; at once: npx backscroll sync).`;
}

/** How fresh the sources are, for `status`. */
export function freshnessInWords({ freshness, alerts, live, failures, leftOut }: StatusResult['sync']): string[] {
  const removed = leftOut.map(({ name }) => name).join(', ');
  const left = removed === '' ? [] : [`Removed, and left out of sync until remove --undo: ${removed}`];
  if (freshness.length === 0) return left;
  const rows = freshness
    .slice(0, SHOWN)
    .map(({ name, id, running, lastSuccessAt, nextAt, progress, error, lagSeconds }) => [
      name,
      id,
      running ? `reading${progress ? ` ${progressInWords(progress)}` : ''}` : (lastSuccessAt ?? 'never'),
      lagSeconds === undefined ? '' : agoInWords(lagSeconds),
      nextAt ?? '',
      error ?? '',
    ]);
  const more = freshness.length > SHOWN ? [`… and ${counted(freshness.length - SHOWN)} more: see --json`] : [];
  return [
    '',
    table([['source', 'id', 'last read', 'ago', 'next', 'trouble'], ...rows]),
    ...more,
    ...(live
      ? [
          `Live: said to searchable p50 ${seconds(live.p50Ms)}, p95 ${seconds(live.p95Ms)} (the last ${counted(live.events)} events)`,
        ]
      : []),
    ...(failures.count > 0 ? [`${counted(failures.count)} documents could not be read, such as:`] : []),
    ...failures.latest.map(({ sentence }) => `  ${sentence}`),
    ...left,
    ...alerts.map(({ sentence }) => `! ${sentence}`),
  ];
}

function progressInWords({
  done,
  total,
  unit,
  toGoSeconds,
}: NonNullable<StatusResult['sync']['freshness'][number]['progress']>) {
  const of = total === undefined ? '' : ` of about ${counted(total)}`;
  return `${counted(done)}${of} ${unit}${toGoSeconds === undefined ? '' : `, ${agoInWords(toGoSeconds)} to go`}`;
}

function agoInWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
