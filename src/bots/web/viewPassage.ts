import { showText, showTitle } from '../../knowledge/ask/showText.ts';
import type { Reader } from '../../knowledge/Reader.ts';
import type { PassageRecord } from '../../store/passages.ts';
import { webAddress } from './views.ts';
import type { WebDeps } from './WebDeps.ts';

/** A cited passage in its place. */
export interface PassageView {
  readonly title: string;
  readonly url: string;
  readonly kind: 'conversation' | 'page';
  /** When it was said or last changed, milliseconds since 1970. */
  readonly atMs?: number;
  /** In the document's order; Markdown. `cited` is the one that was asked for, `at` how far from it another one stands. */
  readonly passages: readonly { readonly at: number; readonly text: string; readonly cited: boolean }[];
  /** Whether the document goes on before the first and after the last of them. */
  readonly more: { readonly before: boolean; readonly after: boolean };
  /** What the people in it are called. */
  readonly people: readonly string[];
}

/** Shows passages to readers; undefined for one that the reader may not read at this moment, or that is gone. */
export type ViewPassage = (
  passageId: number,
  reader: Reader,
  reach?: { readonly before: number; readonly after: number },
) => PassageView | undefined;

export function createViewPassage(deps: Pick<WebDeps, 'passages' | 'audiences' | 'names'>): ViewPassage {
  return (passageId, reader, reach = { before: 0, after: 0 }) => {
    const audienceIds = deps.audiences(reader).map(({ id }) => id);
    const found = deps.passages.around(passageId, audienceIds, reach);
    const cited = found?.passages[found.at];
    if (!found || !cited) return undefined;
    const atUs = cited.fromUs ?? cited.documentAtUs;
    return {
      title: showTitle(cited, deps.names),
      url: webAddress(cited.url),
      kind: cited.documentKind,
      ...(atUs === undefined ? {} : { atMs: Math.floor(atUs / 1000) }),
      passages: found.passages.map((passage, i) => ({
        at: i - found.at,
        text: showText(passage, deps.names),
        cited: passage === cited,
      })),
      more: found.more,
      people: peopleIn(found.passages, cited.spaceId),
    };
  };

  function peopleIn(passages: readonly PassageRecord[], spaceId: string): string[] {
    const ids = [...new Set(passages.flatMap(({ personIds }) => personIds))];
    return [...deps.names.people(spaceId, ids).values()];
  }
}
