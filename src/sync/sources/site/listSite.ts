import { Readable } from 'node:stream';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Robots } from '../../web/createRobots.ts';
import type { Fetch } from '../../web/Fetch.ts';
import { readBody } from '../../web/readBody.ts';
import { parseSitemap, type SitemapEntry } from './parseSitemap.ts';

export interface SiteListing {
  readonly pages: readonly SitemapEntry[];
  /** There are more than are read. */
  readonly isCut: boolean;
}

/** Of one sitemap, unpacked. The protocol allows 50 MB; what is behind is not looked at. */
const MAX_SITEMAP_BYTES = 20 * 1024 ** 2;
const MAX_SITEMAPS = 200;

/**
 * The pages of a site as its sitemaps list them: the address itself if it is one, else those that its robots.txt names,
 * else `/sitemap.xml`. Only pages of the same host, below the address that was named.
 * @throws BackscrollError when there is none, or one of them cannot be read: then nothing can be told of what is gone
 */
export async function listSite(
  address: string,
  options: { readonly fetch: Fetch; readonly robots: Robots; readonly maxPages: number; readonly signal: AbortSignal },
): Promise<SiteListing> {
  const { fetch, robots, maxPages, signal } = options;
  const site = new URL(address);
  const isSitemap = /\.(?:xml|txt)(?:\.gz)?$/i.test(site.pathname);
  const below = isSitemap ? '/' : site.pathname.replace(/[^/]*$/, '');
  const pages = new Map<string, SitemapEntry>();
  let isCut = false;

  async function read(url: string): Promise<string> {
    const fetched = await fetch({ url, maxBytes: MAX_SITEMAP_BYTES, cut: true, signal });
    if (fetched.status !== 'ok') {
      const why = fetched.status === 'unchanged' ? 304 : fetched.code;
      throw new BackscrollError('unavailable', `The sitemap ${url} cannot be read (${why}).`);
    }
    return new TextDecoder().decode(await unpacked(fetched.bytes));
  }

  const queue = isSitemap ? [site.href] : await sitemapsOf(site, robots, signal);
  const seen = new Set<string>();
  for (let next = queue.shift(); next !== undefined && !isCut; next = queue.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const sitemap = parseSitemap(await read(next), maxPages + 1);
    for (const entry of sitemap.entries) {
      if (sitemap.kind === 'index') {
        if (seen.size + queue.length < MAX_SITEMAPS) queue.push(entry.url);
        else isCut = true;
        continue;
      }
      const { host, pathname } = new URL(entry.url);
      if (host !== site.host || !pathname.startsWith(below)) continue;
      if (pages.size >= maxPages && !pages.has(entry.url)) isCut = true;
      else pages.set(entry.url, entry);
    }
    isCut ||= sitemap.isCut;
  }
  return { pages: [...pages.values()], isCut };
}

async function sitemapsOf(site: URL, robots: Robots, signal: AbortSignal): Promise<string[]> {
  const { sitemaps } = await robots(site.href, signal);
  const named = sitemaps.flatMap((sitemap) => URL.parse(sitemap, site.origin)?.href ?? []);
  return named.length > 0 ? named : [new URL('/sitemap.xml', site).href];
}

/** A sitemap is often a packed file, which is not the same as a packed answer. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return readBody(Readable.from([Buffer.from(bytes)]), {
    ...{ encoding: 'gzip', maxBytes: MAX_SITEMAP_BYTES, cut: true, heard: () => {} },
  });
}
