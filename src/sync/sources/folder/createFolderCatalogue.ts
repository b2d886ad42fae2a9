import { basename, resolve } from 'node:path';
import type { Config } from '../../../../config/schema.ts';
import type { Settings } from '../../../store/settings.ts';
import { folderKey } from '../../import/folderKey.ts';
import type { PageReading } from '../../import/PageReading.ts';
import type { Destinations } from '../Destination.ts';
import type { Catalogue } from '../Source.ts';
import { createFolderSource } from './createFolderSource.ts';

const STALE_AFTER_MS = 3_600_000;

/** The folders that the config names; one that was imported before goes on as the same source. */
export function createFolderCatalogue(
  folders: Config['folders'],
  deps: {
    readonly reading: PageReading;
    readonly destinations: Destinations;
    readonly settings: Settings;
    readonly maxBytes: number;
  },
): Catalogue {
  return {
    kind: 'folder',
    sources: () =>
      Promise.all(
        folders.map(async ({ path: given, space, url, audience, cron }) => {
          const path = resolve(given);
          const spaceId = await deps.destinations.space(space);
          const place = {
            ...{ spaceId, kind: 'folder' as const, key: folderKey(deps.settings, { path, space }) ?? basename(path) },
            ...{ name: basename(path), audience: deps.destinations.audience(spaceId, audience) },
          };
          const settings = { path, cron, staleAfterMs: STALE_AFTER_MS, maxDocumentBytes: deps.maxBytes };
          return createFolderSource(place, { ...settings, ...(url ? { url } : {}) }, deps.reading);
        }),
      ),
  };
}
