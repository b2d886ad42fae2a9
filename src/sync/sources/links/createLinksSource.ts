import type { LinkedPages } from '../../../store/linkedPages.ts';
import type { MessageLinks } from '../../../store/messageLinks.ts';
import type { PageReader } from '../../web/PageReader.ts';
import { inLanes } from '../inLanes.ts';
import { LONGEST_RETRY_MS } from '../PageState.ts';
import type { Item, Source, SourceIo } from '../Source.ts';
import { linksIn } from './linksIn.ts';
import { lookAtPage } from './lookAtPage.ts';

export interface LinksSettings {
  readonly cron: string;
  readonly refreshMs: number;
  /** Of a page, whose address is asked for again and again until it is. */
  readonly staleAfterMs: number;
  /** Of one message; those behind are left, and said. */
  readonly perMessage: number;
  /** How many links away from a message a page may be. 0: only what messages link to. */
  readonly depth: number;
  /** Where links in documents are followed. */
  readonly depthHosts: readonly string[];
  /** How many pages are fetched at the same time. */
  readonly atOnce: number;
}

export interface LinksDeps {
  readonly links: MessageLinks;
  readonly pages: LinkedPages;
  /** The first that takes an address reads it. */
  readonly readers: readonly PageReader[];
  readonly worthReading: (url: string) => boolean;
  readonly settings: LinksSettings;
}

const MESSAGES_AT_ONCE = 500;
/** What is newly linked meanwhile waits for no more than these. */
const PAGES_AT_ONCE = 64;
const PAGES_OF_A_HOST = 8;
const DUE_LOOKED_THROUGH = 2_000;

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * The documents that are linked in one space. What messages link to is known from the database, however they came; each
 * page is looked at when it is due, by conditional requests, and lies in a place for each audience that links to it.
 * Costs two queries when there is nothing to do.
 */
export function createLinksSource(spaceId: string, spaceName: string, deps: LinksDeps): Source {
  const { links, pages, settings } = deps;
  const aheadMs = Math.max(settings.refreshMs, LONGEST_RETRY_MS);

  async function* readMessages(io: SourceIo): AsyncGenerator<Item> {
    for (;;) {
      const waiting = links.waiting(spaceId, MESSAGES_AT_ONCE);
      if (waiting.length === 0) return;
      const found = waiting.map((message) => {
        const all = message.text === undefined ? [] : linksIn(message.text).filter(deps.worthReading);
        return { message, urls: all.slice(0, settings.perMessage), all: all.length };
      });
      links.put(spaceId, found, settings.depth);
      for (const { message, all } of found) {
        const key = `message ${message.sourceId}/${message.id}`;
        const sentence = `A message links to ${all} pages; the first ${settings.perMessage} of them are read (links.perMessage): ${message.permalink ?? message.id}`;
        if (all > settings.perMessage) yield { kind: 'failure', key, sentence, memory: 'too many' };
        // One that was mended, or is gone, is no failure any more.
        else if (io.remembered(key) !== undefined) yield { kind: 'unchanged', key, memory: null };
      }
      await breathe();
    }
  }

  async function* readPages(io: SourceIo): AsyncGenerator<Item> {
    // Once a run, however soon it is due again: whatever happens, a run comes to its end.
    const seen = new Set<string>();
    let done = 0;
    for (;;) {
      yield* readMessages(io);
      links.reopened(spaceId, settings.depth);
      const due = pages.due(spaceId, io.now(), aheadMs, DUE_LOOKED_THROUGH);
      const urls = chooseNext(due.filter((url) => !seen.has(url)));
      if (urls.length === 0) return;
      for (const url of urls) seen.add(url);
      const looks = inLanes(urls, {
        laneOf: (url) => new URL(url).host,
        atOnce: settings.atOnce,
        work: (url) => lookAtPage(spaceId, url, { ...deps, io }),
        signal: io.signal,
      });
      for await (const { items, settle } of looks) {
        yield* items;
        // Only now: a kill before it has the page looked at once more, and no more than that.
        settle();
        io.report({ done: ++done, unit: 'pages' });
      }
    }
  }

  return {
    about: {
      ...{ id: `links:${spaceId}`, kind: 'links', spaceId, name: `documents linked in ${spaceName}` },
      ...{ cron: settings.cron, staleAfterMs: settings.staleAfterMs },
    },
    changes: { since: (_, io) => readPages(io) },
  };
}

/** Not too many of one host, however many are due there: others would wait for it. */
function chooseNext(due: readonly string[]): string[] {
  const counts = new Map<string, number>();
  const chosen: string[] = [];
  for (const url of due) {
    const { host } = new URL(url);
    const count = counts.get(host) ?? 0;
    if (count >= PAGES_OF_A_HOST) continue;
    counts.set(host, count + 1);
    chosen.push(url);
    if (chosen.length >= PAGES_AT_ONCE) break;
  }
  return chosen;
}
