import { statfsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { createFindings, type Finding } from '../../bots/createFindings.ts';
import type { Operation, RunningApp } from './Operation.ts';

export interface DoctorResult {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

const LEAST_FREE_BYTES = 500 * 1024 ** 2;
const PATIENCE_MS = 15_000;

/**
 * What is wrong and how to mend it. Each check stands alone: one that fails does not hide another. What speaks to a
 * platform or a model server is loaded when it is asked: every command loads this file, and few want those libraries.
 */
export const doctorOperation: Operation<Record<string, never>, DoctorResult> = {
  name: 'doctor',
  arguments: z.object({}),
  async run(app, _, { signal }) {
    const patience = () => AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const checks: Record<string, () => Promise<string> | string> = {
      node: () => `Node ${process.versions.node}.`,
      home: () => home(app),
      disk: () => disk(app),
      database: () => database(app),
      chroma: () => chroma(app, patience()),
      embedder: () => embedder(app, patience()),
      vectors: () => vectors(app),
      model: () => model(app, patience()),
      imports: () => imports(app),
      sync: () => sync(app),
      datasets: () => datasets(app),
    };
    const { findings, check } = createFindings();
    for (const [name, find] of Object.entries(checks)) await check(name, find);
    findings.push(...(await slack(app)), ...(await discord(app)));
    return { ok: findings.every(({ ok }) => ok), findings };
  },
};

async function discord({ environment, config, store, discord: state }: RunningApp): Promise<readonly Finding[]> {
  const { checkDiscord } = await import('../../bots/discord/checkDiscord.ts');
  return checkDiscord({
    ...{ token: environment.DISCORD_TOKEN, apiUrl: environment.DISCORD_API_URL, settings: store.settings },
    ...{ wantsMessageContent: config.discord.messageContent, state: state?.() },
  });
}

async function slack({ environment, store, log, slack: state }: RunningApp): Promise<readonly Finding[]> {
  const { checkSlack } = await import('../../bots/slack/checkSlack.ts');
  return checkSlack({
    ...{ botToken: environment.SLACK_BOT_TOKEN, appToken: environment.SLACK_APP_TOKEN },
    ...{ signingSecret: environment.SLACK_SIGNING_SECRET, apiUrl: environment.SLACK_API_URL },
    ...{ settings: store.settings, state: state?.(), log },
  });
}

function wrong(sentence: string): never {
  throw new BackscrollError('unavailable', sentence);
}

function home({ home }: RunningApp): string {
  if ((statSync(home).mode & 0o077) !== 0)
    wrong(`${home} can be read by others on this machine. Run: chmod 700 ${home}`);
  return `${home} is yours alone.`;
}

function disk({ home }: RunningApp): string {
  const { bavail, bsize } = statfsSync(home);
  const free = bavail * bsize;
  const said = `${Math.round(free / 1024 ** 2)} MB are free on the disk of ${home}.`;
  return free < LEAST_FREE_BYTES ? wrong(`${said} Free some space.`) : said;
}

async function database({ store }: RunningApp): Promise<string> {
  const fault = store.check();
  if (fault) wrong(`The database is damaged (${fault}). Restore the last backup, or move it away and import again.`);
  const sources = await store.sources.list();
  const passages = sources.reduce((sum, source) => sum + source.passages, 0);
  return `Sound; ${sources.length} sources, ${passages} passages.`;
}

async function chroma({ vectors }: RunningApp, signal: AbortSignal): Promise<string> {
  await vectors.ready(signal);
  const collections = await vectors.index.collections.list();
  const { kind, url } = vectors.state();
  const rows = collections.reduce((sum, collection) => sum + collection.rows, 0);
  return `${kind === 'own' ? 'Our own server' : kind === 'cloud' ? 'Chroma Cloud' : 'The server'}${url ? ` at ${url}` : ''} answers; ${rows} vectors.`;
}

async function embedder({ embedder }: RunningApp, signal: AbortSignal): Promise<string> {
  const [vector] = await embedder.embed(['Does it work?'], { kind: 'question', signal });
  return `${embedder.id} gives vectors of ${vector?.length} numbers.`;
}

async function vectors({ indexer, store }: RunningApp): Promise<string> {
  const left = await indexer.left();
  const filling = (await store.generations.list()).some(({ state }) => state === 'filling');
  if (left > 0)
    return `${left} vectors wait to be written; they are, in the background${filling ? ', while the earlier ones serve' : ''}.`;
  return 'Every passage has its vector.';
}

async function model({ model, environment, config }: RunningApp, signal: AbortSignal): Promise<string> {
  if (!model) return 'None is configured: answers are quotes. Set OPENAI_API_KEY or OPENAI_BASE_URL for a model.';
  const server = {
    ...(environment.OPENAI_API_KEY ? { apiKey: environment.OPENAI_API_KEY } : {}),
    ...(environment.OPENAI_BASE_URL ? { baseUrl: environment.OPENAI_BASE_URL } : {}),
  };
  const { listModels } = await import('../../knowledge/llm/openai/listModels.ts');
  const names = await listModels(server, signal);
  const wanted = config.model.name;
  if (wanted && names.length > 0 && !names.includes(wanted)) {
    wrong(`The model server does not list ${wanted}. It lists: ${names.slice(0, 8).join(', ')}. Set OPENAI_MODEL.`);
  }
  return `The model server answers; ${wanted ?? model.name} is used.`;
}

/** So many sources that failed are named. */
const NAMED = 5;

function sync({ keeping, store }: RunningApp): string {
  const [alert, ...more] = keeping.sync.now.alerts();
  if (alert) wrong(`${alert.sentence}${more.length > 0 ? ` ${more.length} more: see backscroll status.` : ''}`);
  const states = store.syncStates.list();
  const failed = states.filter(({ failures }) => failures > 0).map(({ name }) => name);
  const unread = store.syncDocuments.failed(0).count;
  const notes = [
    ...(failed.length > 0 ? [`the last run failed of: ${failed.slice(0, NAMED).join(', ')}`] : []),
    ...(unread > 0 ? [`documents that could not be read: ${unread}`] : []),
  ];
  const noted = notes.length > 0 ? ` (${notes.join('; ')}; see backscroll status)` : '';
  return `${states.length} sources are kept in step${noted}.`;
}

function datasets({ preferences, store }: RunningApp): string {
  const { datasets: owed, leftovers } = preferences.forget.owed();
  const wrongs = [
    ...(owed.length > 0
      ? [
          `These datasets still have words of who was forgotten: ${owed.map(({ folder }) => folder).join(', ')}. Run "backscroll forget" for them again, which says what stands in the way, or delete the folders.`,
        ]
      : []),
    ...(leftovers.length > 0
      ? [
          `An export that was killed left ${leftovers.join(', ')}. The next start, export or forget takes it away; if it does not, delete it.`,
        ]
      : []),
  ];
  return wrongs.length > 0 ? wrong(wrongs.join(' ')) : `${store.datasets.list().length} are known, none is owed.`;
}

async function imports({ store, imports }: RunningApp): Promise<string> {
  if (imports.running() > 0) return `${imports.running()} under way.`;
  const [cutOff] = await store.jobs.unfinished('import');
  if (cutOff) return 'One was cut off; it goes on at the next start.';
  const [last] = await store.jobs.recent(1);
  if (last?.state !== 'failed') return 'None is left undone.';
  return wrong(`The last import failed: ${String(JSON.parse(last.outcome ?? '""'))} Run it again.`);
}
