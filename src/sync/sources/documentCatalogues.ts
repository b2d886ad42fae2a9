import type { Config } from '../../../config/schema.ts';
import { realTiming, type Timing } from '../../base/Timing.ts';
import type { Ingest } from '../../knowledge/ingest/Ingest.ts';
import type { Store } from '../../store/store.ts';
import type { PageReading } from '../import/PageReading.ts';
import { parseAllowHosts } from '../web/allowHosts.ts';
import type { ResolveName } from '../web/connector.ts';
import { createApiFetch } from '../web/createApiFetch.ts';
import { createFetch } from '../web/createFetch.ts';
import { createPoliteFetch } from '../web/createPoliteFetch.ts';
import { createWebReader } from '../web/createWebReader.ts';
import { createProxyFor, type ProxySettings } from '../web/proxies.ts';
import { createDestinations } from './Destination.ts';
import { createFolderCatalogue } from './folder/createFolderCatalogue.ts';
import { createGitHubApi } from './github/createGitHubApi.ts';
import { createGitHubCatalogue } from './github/createGitHubCatalogue.ts';
import { createGitHubReader } from './github/createGitHubReader.ts';
import { isGitHubUrl, parseGitHubUrl, webHostOf } from './github/parseGitHubUrl.ts';
import { createLinksCatalogue } from './links/createLinksCatalogue.ts';
import { createWorthReading } from './links/worthReading.ts';
import type { Catalogue } from './Source.ts';
import { createSiteCatalogue } from './site/createSiteCatalogue.ts';

const IDLE_MS = 10_000;
const MAX_REDIRECTS = 5;
const HOUR_MS = 3_600_000;

/**
 * Every source of documents that the config knows: what is linked, sites, folders, repositories; all through one fetcher,
 * so that a host is asked gently whoever asks. `close` ends its connections.
 * @throws BackscrollError `usage` for a host or proxy that cannot be used
 */
export function createDocumentCatalogues(deps: {
  readonly store: Store;
  readonly ingest: Ingest;
  readonly reading: PageReading;
  readonly config: Pick<Config, 'links' | 'sites' | 'folders' | 'github' | 'import'>;
  readonly githubToken?: string | undefined;
  readonly proxies: ProxySettings;
  readonly timing?: Timing;
  /** How names are resolved; by the system unless a test says otherwise. */
  readonly resolve?: ResolveName;
}): { readonly catalogues: readonly Catalogue[]; close(): Promise<void> } {
  const { store, ingest, reading, config, timing = realTiming } = deps;
  const { links } = config;
  const allowHosts = parseAllowHosts(links.allowHosts);
  const raw = createFetch({
    bounds: {
      ...{ maxBytes: links.pageMegabytes * 1024 ** 2, maxRedirects: MAX_REDIRECTS },
      ...{ totalMs: links.timeoutSeconds * 1000, idleMs: Math.min(IDLE_MS, links.timeoutSeconds * 1000) },
    },
    ...{ allowHosts, timing, proxyResolves: links.proxyResolves, proxyFor: createProxyFor(deps.proxies) },
    ...(deps.resolve ? { resolve: deps.resolve } : {}),
  });
  const polite = createPoliteFetch(raw.fetch, { atOnce: links.atOnce, pauseMs: links.pauseSeconds * 1000 }, timing);
  const webReader = createWebReader({ fetch: polite.fetch, reading });

  const apiFetch = createApiFetch(deps.proxies);
  const { apiUrl } = config.github;
  const api = createGitHubApi({
    ...{ apiUrl, fetch: apiFetch.fetch, timing },
    ...(deps.githubToken ? { token: deps.githubToken } : {}),
  });
  const webHost = webHostOf(apiUrl);
  const isWorth = createWorthReading(links.skipHosts, allowHosts);
  const destinations = createDestinations({ spaces: store.spaces, sources: store.sources, ingest });
  const maxBytes = config.import.fileMegabytes * 1024 ** 2;

  const linked = createLinksCatalogue({
    ...{ links: store.messageLinks, pages: store.linkedPages, spaces: store.spaces },
    readers: [createGitHubReader({ api, webHost, reading, timing }), webReader],
    // Of GitHub only what it tells as knowledge; the rest (builds, people, lists) is no document.
    worthReading: (url) => isWorth(url) && (!isGitHubUrl(url, webHost) || parseGitHubUrl(url, webHost) !== undefined),
    settings: {
      ...{ cron: links.cron, refreshMs: links.refreshHours * HOUR_MS, staleAfterMs: links.staleHours * HOUR_MS },
      ...{ perMessage: links.perMessage, depth: links.depth, depthHosts: links.depthHosts, atOnce: links.atOnce },
    },
  });
  return {
    catalogues: [
      ...(links.enabled ? [linked] : []),
      createSiteCatalogue(config.sites, { ...polite, reader: webReader, destinations }),
      createFolderCatalogue(config.folders, { reading, destinations, settings: store.settings, maxBytes }),
      createGitHubCatalogue(config.github, { api, reading, destinations, maxBytes }),
    ],
    async close() {
      await Promise.all([raw.close(), apiFetch.close()]);
    },
  };
}
