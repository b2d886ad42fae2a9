import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '../../../../config/schema.ts';
import { createLog } from '../../../base/log.ts';
import type { Timing } from '../../../base/Timing.ts';
import { realTiming } from '../../../base/Timing.ts';
import type { Message } from '../../../knowledge/Message.ts';
import { createApp } from '../../../main.ts';
import { createKeeping } from '../../../sync/createKeeping.ts';
import { createDocumentCatalogues } from '../../../sync/sources/documentCatalogues.ts';
import { countWritten } from './countWritten.ts';

const HOSTS = 100;
const MESSAGES_AT_ONCE = 1_000;
const DAY_MS = 86_400_000;

export interface LinksBenchResult {
  readonly pages: number;
  readonly hosts: number;
  /** Read for the first time, with embedding, without pauses. */
  readonly first: { readonly seconds: number; readonly pagesPerSecond: number };
  /** All of them a day later, unchanged. */
  readonly again: {
    readonly requests: number;
    readonly notModified: number;
    readonly other: number;
    readonly embedded: number;
    readonly vectorsWritten: number;
    readonly passagesWritten: number;
    readonly seconds: number;
    readonly cpuSeconds: number;
  };
}

/**
 * What linked pages cost that have not changed: a web of a hundred hosts on this machine, on which every page has an
 * ETag. Pauses between requests are off, since they are what an operator chooses; everything else is as it is.
 */
export async function benchLinks(options: {
  readonly pages: number;
  readonly report: (sentence: string) => void;
}): Promise<LinksBenchResult> {
  const { pages, report } = options;
  const web = await startWeb();
  const home = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const log = createLog(process.env.LOG_LEVEL ?? 'error');
  let aheadMs = 0;
  const timing: Timing = { ...realTiming, now: () => Date.now() + aheadMs };
  const hosts = Array.from({ length: HOSTS }, (_, n) => `h${n}.bench.example:${web.port}`);
  const config = configSchema.parse({
    links: { allowHosts: hosts, perMessage: 500, pauseSeconds: 0, atOnce: 16, timeoutSeconds: 120 },
  });
  const loaded = { config, home, environment: {} } as unknown as Parameters<typeof createApp>[0]['loaded'];
  const app = await createApp({ loaded, databaseFile: join(home, 'bench.db'), log, now: timing.now });
  const { store, ingest } = app;
  const documents = createDocumentCatalogues({
    ...{ store, ingest, config, reading: app.pageReading, proxies: {}, timing },
    resolve: async () => ['127.0.0.1'],
  });
  const keeping = await createKeeping({
    ...{ store, ingest, config, log, timing, slackSide: undefined },
    catalogues: documents.catalogues.filter(({ kind }) => kind === 'links'),
  });
  const written = countWritten(app);
  const { signal } = new AbortController();
  const run = async () => {
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    const { sources } = await keeping.sync.run([], { signal });
    const { user, system } = process.cpuUsage(cpu);
    const error = sources.find((one) => one.error)?.error;
    if (error) throw new Error(error);
    return { seconds: (performance.now() - begun) / 1000, cpuSeconds: (user + system) / 1e6, sources };
  };
  try {
    app.begin();
    await app.vectors.ready(signal);
    await link(app, pages, hosts);
    report(`${pages} linked pages on ${HOSTS} hosts, read for the first time`);
    const { seconds } = await run();
    report('all of them a day later, unchanged');
    aheadMs += 2 * DAY_MS;
    const before = { ...written };
    web.answered.clear();
    const again = await run();
    const notModified = web.answered.get(304) ?? 0;
    const requests = [...web.answered.values()].reduce((sum, n) => sum + n, 0);
    return {
      ...{ pages, hosts: HOSTS, first: { seconds, pagesPerSecond: pages / seconds } },
      again: {
        ...{ requests, notModified, other: requests - notModified },
        ...{ embedded: written.passages - before.passages, vectorsWritten: written.vectors - before.vectors },
        passagesWritten: again.sources.reduce((sum, { pages: of }) => sum + of.added + of.changed + of.removed, 0),
        ...{ seconds: again.seconds, cpuSeconds: again.cpuSeconds },
      },
    };
  } finally {
    await keeping.stop();
    await documents.close();
    await app.stop();
    await web.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Pages that are some paragraphs long, each with an ETag; robots.txt is not there. */
async function startWeb() {
  /** Pages, by status. Besides, each host is asked for its robots.txt twice a day. */
  const answered = new Map<number, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const etag = `"${createHash('sha256').update(path).digest('hex').slice(0, 16)}"`;
    const status = path === '/robots.txt' ? 404 : request.headers['if-none-match'] === etag ? 304 : 200;
    if (path !== '/robots.txt') answered.set(status, (answered.get(status) ?? 0) + 1);
    response.writeHead(status, { etag, 'content-type': 'text/html; charset=utf-8' });
    response.end(status === 200 ? pageAt(path) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    answered,
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function pageAt(path: string): string {
  const sentence = `The page ${path} says how the part ${path.slice(1)} is mounted, cleaned and taken out of service. `;
  return `<!doctype html><title>Part ${path.slice(1)}</title><main><h1>Part ${path.slice(1)}</h1><p>${sentence.repeat(8)}</p></main>`;
}

/** Messages with ten links each, as they would come from a channel. */
async function link({ ingest }: Awaited<ReturnType<typeof createApp>>, pages: number, hosts: readonly string[]) {
  const spaceId = 'slack:TBENCH';
  await ingest.space({ id: spaceId, platform: 'slack', name: 'bench' }, []);
  const audience = { kind: 'everybody' } as const;
  const channel = await ingest.source({ spaceId, kind: 'channel', key: 'C1', name: '#bench', audience });
  const startUs = Date.UTC(2026, 0, 1) * 1000;
  const messages: Message[] = [];
  for (let n = 0; n < pages; n += 10) {
    const urls = Array.from(
      { length: Math.min(10, pages - n) },
      (_, i) => `http://${hosts[(n + i) % hosts.length]}/${n + i}`,
    );
    messages.push({
      ...{ id: `m${n}`, atUs: startUs + n * 1_000_000, personId: 'U1', text: urls.join('\n') },
      ...{ files: [], confirmations: 0, contradictions: 0 },
    });
  }
  for (let n = 0; n < messages.length; n += MESSAGES_AT_ONCE) {
    await ingest.messages(channel, messages.slice(n, n + MESSAGES_AT_ONCE));
  }
}

/** As `bench` prints it. */
export function linksInWords({ pages, hosts, first, again }: LinksBenchResult): string {
  return [
    `Linked pages: ${pages} on ${hosts} hosts, pauses off`,
    `  first:     ${first.seconds.toFixed(1)} s (${Math.round(first.pagesPerSecond)} pages/s, embedded)`,
    `  unchanged: ${again.requests} requests, ${again.notModified} answered 304, ${again.other} other; ${again.seconds.toFixed(1)} s, ${again.cpuSeconds.toFixed(1)} CPU s`,
    `             embedded ${again.embedded}, vectors written ${again.vectorsWritten}, passages written ${again.passagesWritten}`,
  ].join('\n');
}
