import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeAtomically } from './versionFile.ts';

const record = z.object({
  pid: z.number().int().positive(),
  port: z.number().int(),
  /** Stands in the process's command line too, so that a later start knows it again and never ends a stranger. */
  token: z.string().min(16),
  startedAt: z.iso.datetime(),
  bindingVersion: z.string().optional(),
});

/** The server that runs, or ran when its parent was killed: `server.json`. */
export type ServerRecord = z.infer<typeof record>;

export function readServerRecord(chromaHome: string): ServerRecord | undefined {
  return record.safeParse(readJson(join(chromaHome, 'server.json'))).data;
}

export function writeServerRecord(chromaHome: string, value: ServerRecord): void {
  writeAtomically(join(chromaHome, 'server.json'), JSON.stringify(value));
}

export function removeServerRecord(chromaHome: string): void {
  rmSync(join(chromaHome, 'server.json'), { force: true });
}
