import type { Page } from '../../src/knowledge/read/Page.ts';
import type { Catalogue, Item, Place, Source, SourceIo } from '../../src/sync/sources/Source.ts';

export const TO: Place = {
  ...{ spaceId: 'local:test', kind: 'folder', key: 'handbook', name: 'Handbook' },
  audience: { kind: 'everybody' },
};

/** A document with one sentence. */
export function page(key: string, text: string): Item {
  const body: Page['body'] = {
    type: 'root',
    children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }],
  };
  return { kind: 'page', to: TO, key, page: { title: key, body }, url: `https://docs.example/${key}` };
}

/** A source that does what a test says. */
export function scripted(
  name: string,
  since: (cursor: string | undefined, io: SourceIo) => AsyncIterable<Item>,
  more: Partial<Source> & { readonly staleAfterMs?: number; readonly cron?: string } = {},
): Source {
  const { staleAfterMs = 3_600_000, cron = '0 * * * *', ...abilities } = more;
  return {
    about: { id: `test:${name}`, kind: 'test', spaceId: 'local:test', name, cron, staleAfterMs },
    changes: { since },
    ...abilities,
  };
}

export const catalogueOf = (sources: () => readonly Source[], kind = 'test'): Catalogue => ({
  kind,
  sources: async () => sources(),
});
