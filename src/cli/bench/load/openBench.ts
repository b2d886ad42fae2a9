import { join } from 'node:path';
import { loadConfig } from '../../../../config/load.ts';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { createLog } from '../../../base/log.ts';
import { readServerRecord } from '../../../knowledge/chroma/serverRecord.ts';
import { type App, createApp } from '../../../main.ts';
import { takeHome } from '../../../store/home.ts';
import { openRawChroma, type RawChroma } from './chroma/rawChroma.ts';

/** The real app in a home of its own, with its own Chroma beside it. */
export interface Bench {
  readonly app: App;
  readonly home: string;
  readonly databaseFile: string;
  readonly raw: RawChroma;
  /** This process, and Chroma's. */
  readonly pids: readonly number[];
  close(): Promise<void>;
}

/** The environment of a measurement: nothing that costs money or lies elsewhere. */
export function benchEnvironment(home: string): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _, OPENAI_BASE_URL: __, CHROMA_URL: ___, CHROMA_API_KEY: ____, ...rest } = process.env;
  return { ...rest, BACKSCROLL_HOME: home };
}

/** @throws BackscrollError `unavailable` when Chroma does not start: there is nothing to compare with then */
export async function openBench(home: string, configFile: string | undefined, signal: AbortSignal): Promise<Bench> {
  const file = configFile ? { file: configFile } : {};
  const loaded = loadConfig(benchEnvironment(home), { cwd: process.cwd(), ...file });
  const taken = takeHome(home, 'bench load');
  if (!('home' in taken)) throw new BackscrollError('home', `${home} is in use.`);
  const log = createLog(loaded.environment.LOG_LEVEL ?? 'warn');
  const { databaseFile, release } = taken.home;
  const app = await createApp({ loaded, databaseFile, log, now: Date.now }).catch((error: unknown) => {
    release();
    throw error;
  });
  const close = async () => {
    await app.stop();
    release();
  };
  try {
    app.begin();
    await app.vectors.ready(signal);
    const raw = await openRawChroma(app.vectors.state().url as string);
    const chroma = readServerRecord(join(home, 'chroma'))?.pid;
    return { app, home, databaseFile, raw, pids: [process.pid, ...(chroma === undefined ? [] : [chroma])], close };
  } catch (error) {
    await close();
    throw error;
  }
}
