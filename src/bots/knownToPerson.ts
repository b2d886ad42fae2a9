import type { Audiences } from '../store/audiences.ts';
import type { ReadableSource, Sources } from '../store/sources.ts';

interface Deps {
  readonly sources: Sources;
  readonly audiences: Audiences;
}

interface Person {
  readonly space: string;
  readonly personId: string;
}

/** What somebody may be answered from, as the database has it. */
export function sourcesOf({ sources, audiences }: Deps, { space, personId }: Person): ReadableSource[] {
  const own = audiences({ kind: 'person', space, personId }).map(({ id }) => id);
  return sources.readable(space, own);
}

/**
 * How much somebody may be answered from, in a sentence or two.
 * @param showTime a moment, in milliseconds since 1970, as the platform writes it
 */
export async function statusFor(deps: Deps, person: Person, showTime: (ms: number) => string): Promise<string> {
  const own = new Set(sourcesOf(deps, person).map(({ id }) => id));
  const list = (await deps.sources.list(person.space)).filter(({ id }) => own.has(id));
  const sum = (of: (source: (typeof list)[number]) => number) => list.reduce((total, source) => total + of(source), 0);
  const passages = sum((source) => source.passages);
  if (passages === 0) return 'I know nothing yet that you may read. It may still be on its way.';
  const filled = list.filter((source) => source.passages > 0);
  const known = `I know ${sum(({ documents }) => documents)} conversations and documents (${passages} passages) from ${filled.length} sources that you may read.`;
  return `${known} The newest of them came ${showTime(Math.max(...filled.map(({ changedMs }) => changedMs)))}.`;
}

/** @param show a source as the platform writes it */
export function sourceLines(
  own: readonly ReadableSource[],
  most: number,
  show: (source: ReadableSource) => string,
): string {
  if (own.length === 0) return 'There is nothing yet that you may read.';
  const lines = own.slice(0, most).map((source) => `• ${show(source)}${source.open ? '' : ' (its members only)'}`);
  const more = own.length > most ? [`… and ${own.length - most} more`] : [];
  return ['For you I may use:', ...lines, ...more].join('\n');
}
