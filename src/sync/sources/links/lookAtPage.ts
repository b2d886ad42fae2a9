import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { SourceFacts } from '../../../knowledge/ingest/Ingest.ts';
import type { LinkingChannel } from '../../../store/linkedPages.ts';
import type { Looked } from '../../web/PageReader.ts';
import {
  FRESH,
  failed,
  isPassing,
  knownOf,
  missed,
  type PageState,
  parsePageState,
  type Setback,
} from '../PageState.ts';
import type { Item, SourceIo } from '../Source.ts';
import type { LinksDeps } from './createLinksSource.ts';
import { linksOf } from './linksIn.ts';
import { placesOf } from './placesOf.ts';

/** What one look brought. `settle` writes down when the next one is due, once the items are stored. */
export interface Look {
  readonly items: readonly Item[];
  settle(): void;
}

const LINKS_OF_A_PAGE = 200;

/** Looks at one linked page: where it belongs, whether it has changed, whether it is still there. */
export async function lookAtPage(
  spaceId: string,
  url: string,
  deps: LinksDeps & { readonly io: SourceIo },
): Promise<Look> {
  const { pages, settings, io } = deps;
  const { channels, places } = pages.standing(spaceId, url, settings.depth);
  const placing = placesOf(channels, places);
  const leaving: Item[] = placing.surplus.map((to) => ({ kind: 'gone', to, keys: [url] }));
  if (placing.wanted.length === 0) {
    return {
      items: [...leaving, { kind: 'unchanged', key: url, memory: null }],
      settle: () => pages.drop(spaceId, url),
    };
  }
  const before = parsePageState(io.remembered(url));
  const settle = (inMs: number, links?: readonly string[]) => () => pages.looked(spaceId, url, io.now() + inMs, links);
  // Only of pages that are near enough to a message; how it was read last may have been another way.
  const isNear = channels.some(({ hops }) => hops < settings.depth);
  const follows = isNear ? settings.depthHosts.join(' ') : undefined;
  // What left a place took the memory of the page along: it is written anew with whatever follows.
  const keeping = (state: PageState) => ({ memory: JSON.stringify(state) });

  function setback({ state, retryMs, gone }: Setback, sentence: string): Look {
    const all = gone ? places.map(({ placeId }) => placeId) : placing.surplus;
    return {
      items: [
        ...all.map((to): Item => ({ kind: 'gone', to, keys: [url] })),
        { kind: 'failure', key: url, sentence: `${url}: ${sentence}`, ...keeping(state) },
      ],
      settle: settle(retryMs, gone ? [] : undefined),
    };
  }

  let looked: Looked;
  try {
    const known = placing.missing.length > 0 || follows !== before.follows ? {} : knownOf(before);
    looked = await readerOf(deps, url).read(url, known, io.signal);
  } catch (error) {
    io.signal.throwIfAborted();
    if (!(error instanceof BackscrollError) || error.code === 'cancelled') throw error;
    return setback(isPassing(error) ? failed(before, io.now()) : missed(before), error.message);
  }
  if (looked.status === 'gone') return setback(missed(before), `It is not there any more (${looked.code}).`);
  if (looked.status === 'later') {
    const sentence = `The server asks to come again later (${looked.code}).`;
    return setback(failed(before, io.now(), looked.retryAfterMs), sentence);
  }
  const refreshMs = spread(settings.refreshMs, url);
  if (looked.status === 'unchanged') {
    const state = { ...before, ...looked.memory, misses: 0, failures: 0, failingSinceMs: undefined };
    const isNews = leaving.length > 0 || JSON.stringify(state) !== JSON.stringify(before);
    return {
      items: [...leaving, { kind: 'unchanged', key: url, ...(isNews ? keeping(state) : {}) }],
      settle: settle(refreshMs),
    };
  }
  const { page, url: cited, memory } = looked;
  const links = isNear ? linksOf(page, LINKS_OF_A_PAGE).filter(isFollowed(url, deps)) : [];
  const state: PageState = { ...FRESH, ...memory, ...(follows === undefined ? {} : { follows }) };
  const put = placing.wanted.map(
    (channel): Item => ({ kind: 'page', to: placeOf(spaceId, channel), key: url, page, url: cited }),
  );
  const last = put.pop() as Item;
  return {
    items: [...leaving, ...put, { ...last, ...keeping(state) }],
    settle: settle(refreshMs, links),
  };
}

function readerOf({ readers }: LinksDeps, url: string) {
  const reader = readers.find((one) => one.takes(url));
  if (reader) return reader;
  throw new BackscrollError('refused', 'Not fetched: nothing reads such addresses.');
}

/** Only hosts that the operator names are read further, and no page leads to itself. */
function isFollowed(from: string, { settings, worthReading }: LinksDeps): (url: string) => boolean {
  const hosts = new Set(settings.depthHosts.map((host) => host.toLowerCase()));
  return (url) =>
    url !== from && (hosts.has(new URL(url).hostname) || hosts.has(new URL(url).host)) && worthReading(url);
}

function placeOf(spaceId: string, { sourceId, name }: LinkingChannel): SourceFacts {
  return {
    ...{ spaceId, kind: 'links', key: String(sourceId), name: `linked in ${name}` },
    audience: { kind: 'as', source: sourceId },
  };
}

/** Up to a tenth sooner, each page at a time of its own: what came together need not come back together. */
function spread(ms: number, url: string): number {
  let sum = 0;
  for (const letter of url) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1000;
  return Math.round(ms * (1 - sum / 10_000));
}
