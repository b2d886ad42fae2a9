import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';

let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backscroll-test-'));
  file = join(folder, 'backscroll.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database of the version with Slack and nothing later, with some rows in it. */
async function before(rows: string): Promise<Store> {
  await migrate(file, '002-posts');
  const database = new DatabaseSync(file);
  database.exec(rows);
  database.close();
  return openStore(file, () => 1);
}

it('a database from before Discord comes through, with what is in it', async () => {
  const store = await before(
    `INSERT INTO spaces (id, platform, name, created_ms) VALUES ('slack:T1', 'slack', 'acme', 1)`,
  );
  try {
    expect((await store.spaces.list()).map(({ name }) => name)).toEqual(['acme']);
    store.discordMembers.put('slack:T1', { personId: '7', roles: ['8'] });
    await store.optOuts.add({ spaceId: 'slack:T1', personId: '7', scope: 'everything' });
    expect(store.discordMembers.list('slack:T1')).toEqual([{ personId: '7', roles: ['8'] }]);
    expect([store.optOuts.has('slack:T1', '7'), store.optOuts.has('slack:T1', '8')]).toEqual([true, false]);
  } finally {
    await store.close();
  }
});

it('votes of the version before are folded, with the reasons that were kept as their text', async () => {
  const store = await before(`
    INSERT INTO questions VALUES ('q', 'slack', NULL, 'C1', 't', 'U1', 'Why?', 1);
    INSERT INTO answers VALUES ('a', 'q', 'answered', 'So.', '[]', 1, 0);
    INSERT INTO feedback_events (event_id, answer_id, voter, kind, text, at_ms) VALUES
      ('1', 'a', 'v', 'up', NULL, 1), ('2', 'a', 'v', 'down', 'out-of-date', 2), ('3', 'a', 'v', 'correction', 'Thus.', 3);
  `);
  try {
    const present = { vote: 'down', reason: 'out-of-date', correction: 'Thus.' };
    expect(await store.feedbackEvents.present('a', 'v')).toEqual(present);
    expect(await store.feedbackEvents.counts()).toEqual({ up: 0, down: 1, corrections: 1 });
    expect(store.learning.owed(9)).toEqual([{ answerId: 'a', mark: 1 }]);
  } finally {
    await store.close();
  }
});
