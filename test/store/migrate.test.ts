import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { EVERY_ANSWER } from './everyAnswer.ts';

let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backscroll-test-'));
  file = join(folder, 'backscroll.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database of an earlier version (if nothing is said, with Slack and nothing later) with some rows in it, opened by this one. */
async function before(rows: string, version: Parameters<typeof migrate>[1] = '002-posts'): Promise<Store> {
  await migrate(file, version);
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

it('messages from before links were followed are all to be looked through', async () => {
  const store = await before(
    `INSERT INTO spaces (id, platform, name, created_ms) VALUES ('slack:T1', 'slack', 'acme', 1);
     INSERT INTO audiences (id, space_id, kind, key) VALUES (1, 'slack:T1', 'everybody', '');
     INSERT INTO sources (id, space_id, kind, key, name, audience_id, changed_ms)
       VALUES (1, 'slack:T1', 'channel', 'C1', '#ops', 1, 1);
     INSERT INTO messages VALUES (1, '1', 1, 'U1', NULL, NULL, 'http://a.example/1', '[]', 0, 0, NULL, x'00', 0, 1, NULL, NULL),
       (1, '2', 2, 'U1', NULL, NULL, 'no address', '[]', 0, 0, NULL, x'01', 0, 1, NULL, NULL);`,
    '006-sync',
  );
  try {
    expect(store.messageLinks.waiting('slack:T1', 10)).toMatchObject([{ id: '1', text: 'http://a.example/1' }]);
  } finally {
    await store.close();
  }
});

it('passages of imported votes stand once afterwards, with what was found in them, and go with the last answer', async () => {
  const answer = (id: string) => `
    INSERT INTO questions VALUES ('q${id}', 'import', 'import:x', 'import', '${id}', 'import', 'Why?', 1);
    INSERT INTO answers VALUES ('${id}', 'q${id}', 'answered', 'So.', '[]', 1, 0);
    INSERT INTO feedback_present VALUES ('${id}', 'v', 1, 1, NULL, NULL, NULL, NULL, 0, 0, 'up');`;
  const store = await before(
    `${answer('a')} ${answer('b')}
     INSERT INTO imported_passages VALUES ('a', 1, 'Shared.', 'https://x.example'), ('a', 2, 'Own.', NULL), ('b', 1, 'Shared.', NULL);
     INSERT INTO text_checks VALUES ('imported', 'a 1', 1, 7, '[]'), ('imported', 'a 2', 1, 8, '[]'), ('imported', 'b 1', 1, 7, '[]');`,
    '007-sync-links',
  );
  const passages = () => {
    const { imported } = store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 });
    return imported.map(([answerId, n, , url, tokens]) => [answerId, n, url, tokens]);
  };
  try {
    expect(passages()).toEqual([
      ['a', 1, 'https://x.example', 7],
      ['a', 2, null, 8],
      ['b', 1, null, 7],
    ]);
    const { imported } = store.preferenceRows.within(EVERY_ANSWER, { check: 1, print: 1 });
    const ids = [...new Set(imported.map(([, , textId]) => textId))];
    const wanted = { clean: [], found: [], passages: [], corrections: [] };
    expect(store.preferenceWords.of({ ...wanted, imported: ids }).imported.map(([, text]) => text)).toEqual([
      'Shared.',
      'Own.',
    ]);
    remove('a');
    expect(passages()).toEqual([['b', 1, null, 7]]);
    expect(read('SELECT text FROM imported_texts')).toEqual([{ text: 'Shared.' }]);
    remove('b');
    expect(read('SELECT text FROM imported_texts')).toEqual([]);
    expect(read("SELECT key FROM text_checks WHERE kind = 'imported'")).toEqual([]);
  } finally {
    await store.close();
  }
});

it('people from before all of their names were kept are known by the two that were', async () => {
  const store = await before(
    `INSERT INTO spaces (id, platform, name, created_ms) VALUES ('slack:T1', 'slack', 'acme', 1);
     INSERT INTO people VALUES ('slack:T1', 'U1', 'Ann Lee', 'ann', 0, 0), ('slack:T1', 'U2', 'Bob', NULL, 0, 0),
       ('slack:T1', 'B1', 'Jira Cloud', 'jira', 1, 0);`,
    '009-erasures',
  );
  try {
    const names = store.personNames.list('slack:T1').map(({ id, name }) => `${id} ${name}`);
    expect(names.sort()).toEqual(['U1 Ann Lee', 'U1 ann', 'U2 Bob']);
    expect(store.personNames.looked()).toBe(0);
    expect(store.personNames.latest()).toBe(3);
  } finally {
    await store.close();
  }
});

it('a database from before the places of datasets were noted comes through, with its datasets', async () => {
  const store = await before(
    `INSERT INTO datasets (id, format, folder, order_body, row_count, made_ms, state)
       VALUES ('a', 'kto', '/data/kto', '{}', 10, 1, 'whole'), ('b', 'sft', '/data/sft', '{}', 10, 1, 'writing');`,
    '009-erasures',
  );
  try {
    expect(store.datasets.list().map(({ folder, isWhole }) => [folder, isWhole])).toEqual([
      ['/data/kto', true],
      ['/data/sft', false],
    ]);
    const place = { path: '/data/.sft.partial-0a0b0c0d', out: '/data/sft', kind: 'partial' } as const;
    await store.datasetPlaces.note(place);
    expect(store.datasetPlaces.list()).toEqual([place]);
    store.datasetPlaces.clear(place.path);
    expect(store.datasetPlaces.list()).toEqual([]);
  } finally {
    await store.close();
  }
});

it('votes from before moments counted are folded by them, those that people gave here in the order they came', async () => {
  const answer = (id: string, platform: string) => `
    INSERT INTO questions VALUES ('q${id}', '${platform}', NULL, 'c', '${id}', 'p', 'Why?', 1000);
    INSERT INTO answers VALUES ('${id}', 'q${id}', 'answered', 'So.', '[]', 1000, 0);`;
  const event = (id: string, answerId: string, kind: string, at: number) => `
    INSERT INTO feedback_events (event_id, answer_id, voter, kind, at_ms) VALUES ('${id}', '${answerId}', 'v', '${kind}', ${at});`;
  const store = await before(
    `${answer('a', 'import')} ${answer('b', 'slack')}
     ${event('imported-event-1', 'a', 'up', 900)} ${event('imported-event-2', 'a', 'down', 800)}
     ${event('1', 'b', 'up', 900)} ${event('2', 'b', 'down', 800)}
     INSERT INTO feedback_present VALUES ('a', 'v', -1, 800, NULL, NULL, NULL, NULL, 0, 0, 'down');
     INSERT INTO feedback_present VALUES ('b', 'v', -1, 800, NULL, NULL, NULL, NULL, 0, 0, 'down');
     INSERT INTO settings VALUES ('feedback-folded', '4');`,
    '009-erasures',
  );
  try {
    expect(await store.feedbackEvents.present('a', 'v')).toEqual({ vote: 'up' });
    expect(await store.feedbackEvents.present('b', 'v')).toEqual({ vote: 'down' });
    expect(read('SELECT id, asked_ms FROM questions ORDER BY id')).toEqual([
      { id: 'qa', asked_ms: 800 },
      { id: 'qb', asked_ms: 1000 },
    ]);
  } finally {
    await store.close();
  }
});

function remove(answerId: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA foreign_keys = ON; DELETE FROM feedback_present WHERE answer_id = '${answerId}';
    DELETE FROM answers WHERE id = '${answerId}'`);
  database.close();
}

function read(sql: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }));
  database.close();
  return rows;
}
