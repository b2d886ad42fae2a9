/** How many pieces the other has before it, so that it need not wait for this thread to look up from its own. */
const AHEAD_OF_OTHER = 2;
/** So many pieces may be begun and not yet handed on: each holds memory. */
const MOST_WAITING = 8;

/** So many at a time. */
export function inPieces<List extends { readonly length: number; slice(from: number, to: number): List }>(
  list: List,
  size: number,
): List[] {
  const pieces: List[] = [];
  for (let from = 0; from < list.length; from += size) pieces.push(list.slice(from, from + size));
  return pieces;
}

/**
 * Shares pieces of work between this thread and another, each taking the next when it is free, and hands on what comes
 * out in the order of the pieces.
 * @param hands `own` blocks this thread for one piece; `other` is asked for two pieces at a time
 * @param take is waited for before the next is handed on
 * @throws what a hand or `take` throws, the first of it; what the other has under way is waited for
 */
export async function share<Piece, Made>(
  pieces: readonly Piece[],
  hands: { readonly own: (piece: Piece) => Made; readonly other?: (piece: Piece) => Promise<Made> },
  take: (made: Made, piece: Piece) => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { own, other } = hands;
  const made = new Map<number, Made>();
  const underway = new Set<Promise<void>>();
  let next = 0;
  let taken = 0;
  let failure: { readonly error: unknown } | undefined;

  const mayBegin = () => !failure && next < pieces.length && next - taken < MOST_WAITING;
  function feed(): void {
    while (other && underway.size < AHEAD_OF_OTHER && mayBegin()) {
      const at = next++;
      const one = other(pieces[at] as Piece)
        .then(
          (what) => void made.set(at, what),
          (error) => {
            failure ??= { error };
          },
        )
        .then(() => {
          underway.delete(one);
          feed();
        });
      underway.add(one);
    }
  }

  try {
    while (taken < pieces.length) {
      signal.throwIfAborted();
      feed();
      if (made.has(taken)) {
        const what = made.get(taken) as Made;
        made.delete(taken);
        await take(what, pieces[taken++] as Piece);
      } else if (mayBegin()) {
        const at = next++;
        made.set(at, own(pieces[at] as Piece));
        // The bot answers meanwhile, and the other thread is heard.
        await new Promise((resolve) => setImmediate(resolve));
      } else await Promise.race(underway);
      if (failure) throw failure.error;
    }
  } finally {
    next = pieces.length;
    await Promise.all(underway);
  }
}
