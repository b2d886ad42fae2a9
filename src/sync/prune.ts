import { z } from 'zod';
import { sha256 } from '../base/hash.ts';
import type { Documents } from '../store/documents.ts';
import type { SyncDocuments } from '../store/syncDocuments.ts';
import type { SyncStates } from '../store/syncStates.ts';
import type { ListsKeys, Source, SourceIo } from './sources/Source.ts';
import type { Taker } from './takeItems.ts';

/** So few may go without anybody being asked, whatever share of a small source they are. */
const FEW = 20;
const HELD_KEY = '(pruning)';
const holdingSchema = z.object({ hash: z.string() });

/**
 * Takes away what a source does not list any more. More than a share of it goes only when two runs in a row lack the
 * same: a listing that fails half-way, or a site that is being moved, is no reason to forget everything.
 */
export async function prune(
  { about }: Source,
  everything: ListsKeys,
  io: SourceIo,
  deps: {
    readonly taker: Taker;
    readonly stored: Pick<Documents, 'keys'>;
    readonly states: SyncStates;
    readonly documents: SyncDocuments;
    readonly shrinkShare: number;
  },
): Promise<void> {
  const { taker, states, documents } = deps;
  const listed = new Map<number, Set<string>>();
  for await (const { to, keys } of everything.list(io)) {
    io.signal.throwIfAborted();
    const place = await taker.place(to);
    const known = listed.get(place) ?? new Set();
    for (const key of keys) known.add(key);
    listed.set(place, known);
  }
  const gone = new Map<number, string[]>();
  let [total, missing] = [0, 0];
  for (const [place, keys] of listed) {
    const stored = await deps.stored.keys(place);
    const lacking = stored.filter((key) => !keys.has(key));
    total += stored.length;
    missing += lacking.length;
    if (lacking.length > 0) gone.set(place, lacking);
  }
  const hash = sha256(JSON.stringify([...gone].map(([place, keys]) => [place, keys.toSorted()])));
  if (missing > FEW && missing > total * deps.shrinkShare && heldHash(states.find(about.id)?.holding) !== hash) {
    states.runs.hold(about.id, JSON.stringify({ hash }));
    const sentence = `${about.name} lists ${missing} of ${total} documents no more. Nothing was taken away yet; if the next run finds the same, they go.`;
    await taker.take({ kind: 'failure', key: HELD_KEY, sentence });
    return;
  }
  states.runs.hold(about.id, undefined);
  documents.forget(about.id, [HELD_KEY]);
  if (!everything.inParts) {
    documents.keepOnly(
      about.id,
      [...listed.values()].flatMap((keys) => [...keys]),
    );
  }
  for (const [place, keys] of gone) await taker.take({ kind: 'gone', to: place, keys });
}

function heldHash(holding: string | undefined): string | undefined {
  if (holding === undefined) return undefined;
  return holdingSchema.safeParse(JSON.parse(holding)).data?.hash;
}
