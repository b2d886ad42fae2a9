import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { SourceFacts } from '../../../knowledge/ingest/Ingest.ts';
import type { Robots } from '../../web/createRobots.ts';
import type { Fetch } from '../../web/Fetch.ts';
import type { PageReader } from '../../web/PageReader.ts';
import { inLanes } from '../inLanes.ts';
import {
  FRESH,
  failed,
  isPassing,
  knownOf,
  LONGEST_RETRY_MS,
  missed,
  type PageState,
  parsePageState,
  type Setback,
} from '../PageState.ts';
import type { Item, Source, SourceIo } from '../Source.ts';
import { listSite, type SiteListing } from './listSite.ts';
import type { SitemapEntry } from './parseSitemap.ts';

export interface SiteSettings {
  /** The site, a part of it, or its sitemap. */
  readonly url: string;
  readonly cron: string;
  readonly staleAfterMs: number;
  readonly refreshMs: number;
  readonly maxPages: number;
}

export interface SiteDeps {
  readonly fetch: Fetch;
  readonly robots: Robots;
  readonly reader: PageReader;
}

const visitSchema = z.object({ dueMs: z.number(), lastmod: z.string().optional() });

/** When a page of a site is looked at again; beside what is remembered of it. */
type Visit = z.output<typeof visitSchema>;

/**
 * A web site by its sitemap. A page is asked for when the sitemap says that it has changed, and now and then in any case,
 * by a conditional request; what the sitemap lists no more is taken away.
 */
export function createSiteSource(place: SourceFacts, settings: SiteSettings, deps: SiteDeps): Source {
  let listing: Promise<SiteListing> | undefined;
  // What is due later than that was put off by a clock that was wrong.
  const aheadMs = Math.max(settings.refreshMs, LONGEST_RETRY_MS);
  const list = (io: SourceIo) => listSite(settings.url, { ...deps, maxPages: settings.maxPages, signal: io.signal });

  async function look(entry: SitemapEntry, io: SourceIo): Promise<Item[]> {
    const { url: key, lastmod } = entry;
    const before = parsePageState(io.remembered(key));
    const noted = (state: PageState, inMs: number) =>
      JSON.stringify({ ...state, dueMs: io.now() + inMs, ...(lastmod ? { lastmod } : {}) });
    const setback = ({ state, retryMs, gone }: Setback, sentence: string): Item[] => [
      ...(gone ? [{ kind: 'gone', to: place, keys: [key] } satisfies Item] : []),
      { kind: 'failure', key, sentence: `${key}: ${sentence}`, memory: noted(state, retryMs) },
    ];
    try {
      const looked = await deps.reader.read(key, knownOf(before), io.signal);
      if (looked.status === 'gone') return setback(missed(before), `It is listed, and not there (${looked.code}).`);
      if (looked.status === 'later') {
        const sentence = `The server asks to come again later (${looked.code}).`;
        return setback(failed(before, io.now(), looked.retryAfterMs), sentence);
      }
      const kept = { ...before, ...FRESH, failingSinceMs: undefined };
      const memory = noted({ ...kept, ...looked.memory }, settings.refreshMs);
      if (looked.status === 'unchanged') return [{ kind: 'unchanged', key, memory }];
      return [{ kind: 'page', to: place, key, page: looked.page, url: looked.url, memory }];
    } catch (error) {
      io.signal.throwIfAborted();
      if (!(error instanceof BackscrollError) || error.code === 'cancelled') throw error;
      return setback(isPassing(error) ? failed(before, io.now()) : missed(before), error.message);
    }
  }

  async function* since(io: SourceIo): AsyncGenerator<Item> {
    listing = list(io);
    const { pages, isCut } = await listing;
    const key = '(sitemap)';
    const sentence = `${place.name} lists more than ${settings.maxPages} pages; the first of them are read (sites: maxPages).`;
    yield isCut ? { kind: 'failure', key, sentence } : { kind: 'unchanged', key, memory: null };
    const due = pages.filter((entry) => isDue(entry, visitOf(io.remembered(entry.url)), io.now(), aheadMs));
    let done = 0;
    const looks = inLanes(due, {
      ...{ laneOf: (entry) => new URL(entry.url).host, atOnce: 1, signal: io.signal },
      work: (entry) => look(entry, io),
    });
    for await (const items of looks) {
      yield* items;
      io.report({ done: ++done, total: due.length, unit: 'pages' });
    }
  }

  return {
    about: {
      ...{ id: `site:${place.key}`, kind: 'site', spaceId: place.spaceId, name: place.name },
      ...{ cron: settings.cron, staleAfterMs: settings.staleAfterMs },
    },
    changes: { since: (_, io) => since(io) },
    everything: {
      async *list(io) {
        const { pages } = await (listing ?? list(io));
        yield { to: place, keys: pages.map(({ url }) => url) };
      },
    },
  };
}

function visitOf(memory: string | undefined): Visit | undefined {
  if (memory === undefined) return undefined;
  try {
    return visitSchema.safeParse(JSON.parse(memory)).data;
  } catch {
    return undefined;
  }
}

function isDue({ lastmod }: SitemapEntry, visit: Visit | undefined, now: number, aheadMs: number): boolean {
  if (visit === undefined || visit.dueMs <= now || visit.dueMs > now + aheadMs) return true;
  return lastmod !== undefined && lastmod !== visit.lastmod;
}
