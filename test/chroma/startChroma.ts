import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChromaServer } from '../../src/knowledge/chroma/createChromaServer.ts';

/** A real Chroma server in a home of its own, for one test file. `stop` ends it and removes the home. */
export async function startChroma(): Promise<{ url: string; home: string; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'backscroll-chroma-'));
  const server = createChromaServer({ home });
  const { url } = await server.start();
  return {
    url,
    home,
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
