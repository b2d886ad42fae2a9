import { createHash } from 'node:crypto';

/** An audience as far as placement goes: who it is, and whether it is so large that it has a collection of its own. */
export interface PlacedAudience {
  readonly id: number;
  readonly kind: 'everybody' | 'members';
  readonly spaceId: string;
  readonly promoted: boolean;
}

/** A collection to ask, and the audiences to filter by; none given: everything in it may be read. */
export interface CollectionToAsk {
  readonly collection: string;
  readonly audiences?: readonly number[];
}

/** What everybody in one space may read. @param generation embedder, dimensions and version in one word */
export function openCollection(options: { readonly generation: string; readonly space: string }): string {
  return `backscroll.${generationWord(options.generation)}.open.${spaceWord(options.space)}`;
}

/** What not everybody in its space may read, of all spaces in one pool: a collection for each does not scale. */
export function restrictedCollection(options: { readonly generation: string }): string {
  return `backscroll.${generationWord(options.generation)}.restricted`;
}

/** One large audience by itself: a filter that lets most rows of the pool through would be dear. */
export function promotedCollection(options: { readonly generation: string; readonly audience: number }): string {
  return `backscroll.${generationWord(options.generation)}.audience.${options.audience}`;
}

/** Where a vector of this audience lies. A pure function: called again, it names the same collection. */
export function place(options: {
  readonly generation: string;
  readonly audienceKind: PlacedAudience['kind'];
  readonly audienceId: number;
  readonly spaceId: string;
  readonly promoted: boolean;
}): string {
  const { generation, audienceKind, audienceId, spaceId, promoted } = options;
  if (audienceKind === 'everybody') return openCollection({ generation, space: spaceId });
  return promoted ? promotedCollection({ generation, audience: audienceId }) : restrictedCollection({ generation });
}

/**
 * The inverse of `place`: what to ask for a reader who stands for these audiences, each collection once. Empty for a
 * reader without any. A promoted audience is looked for in the pool as well, since its vectors move there one by one.
 */
export function collectionsFor(options: {
  readonly generation: string;
  readonly audiences: readonly PlacedAudience[];
}): CollectionToAsk[] {
  const { generation, audiences } = options;
  const whole = new Set<string>();
  const pooled = new Set<number>();
  for (const { id, kind, spaceId, promoted } of audiences) {
    const isOwn = kind === 'everybody' || promoted;
    if (isOwn) whole.add(place({ generation, audienceKind: kind, audienceId: id, spaceId, promoted }));
    if (kind !== 'everybody') pooled.add(id);
  }
  const asked: CollectionToAsk[] = [...whole].map((collection) => ({ collection }));
  if (pooled.size > 0) asked.push({ collection: restrictedCollection({ generation }), audiences: [...pooled] });
  return asked;
}

/** `slack:T061A2UFL` becomes `slack-T061A2UFL`; an id with other characters its hash. */
function spaceWord(space: string): string {
  return /^[a-z]+:[A-Za-z0-9]{1,40}$/.test(space) ? space.replace(':', '-') : hashed(space);
}

function generationWord(generation: string): string {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(generation) && generation.length <= 60 ? generation : hashed(generation);
}

/** Chroma takes [a-zA-Z0-9._-]. The dot separates our parts, and `_` says that this is a hash: no plain word has it. */
function hashed(text: string): string {
  const start = text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 20);
  return `${start}_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
}
