import type { Database } from './database.ts';
import { touch } from './linkedPages.ts';

export interface WaitingMessage {
  readonly sourceId: number;
  readonly id: string;
  /** Undefined for one that is gone. */
  readonly text?: string;
  readonly atUs: number;
  readonly permalink?: string;
}

/** Which message links to what: a queue of those that came, changed or went, and what was found in them. */
export interface MessageLinks {
  /** Messages of a space whose links are to be read, the newest first. */
  waiting(spaceId: string, limit: number): WaitingMessage[];
  /**
   * What these messages link to now (nothing, for those that are gone). Addresses that a channel begins or ceases to link
   * to are due, with whatever hangs on them.
   */
  put(spaceId: string, found: readonly { message: WaitingMessage; urls: readonly string[] }[], depth: number): void;
  /** How many addresses are linked to in a space. */
  count(spaceId: string): number;
  /** The channels of a space that link to something, with the audiences they have now, of which that is new. */
  reopened(spaceId: string, depth: number): void;
}

export function createMessageLinks(db: Database): MessageLinks {
  const links = (sourceId: number, url: string) =>
    db.get('SELECT 1 FROM message_links WHERE url = ? AND source_id = ? LIMIT 1', url, sourceId) !== undefined;

  function putOne(
    spaceId: string,
    { message, urls }: { message: WaitingMessage; urls: readonly string[] },
    depth: number,
  ) {
    const { sourceId, id, atUs } = message;
    const wanted = new Set(urls);
    const before = db.all<{ url: string }>(
      'SELECT url FROM message_links WHERE source_id = ? AND message_id = ?',
      sourceId,
      id,
    );
    for (const { url } of before) {
      if (wanted.delete(url)) continue;
      db.run('DELETE FROM message_links WHERE source_id = ? AND message_id = ? AND url = ?', sourceId, id, url);
      if (!links(sourceId, url)) touch(db, spaceId, [url], depth, 0);
    }
    for (const url of wanted) {
      // What is said by now comes before what was said once.
      if (!links(sourceId, url)) touch(db, spaceId, [url], depth, -Math.round(atUs / 1000));
      db.run('INSERT OR IGNORE INTO message_links VALUES (?, ?, ?)', sourceId, id, url);
    }
    db.run('DELETE FROM link_queue WHERE source_id = ? AND message_id = ?', sourceId, id);
  }

  return {
    waiting(spaceId, limit) {
      const rows = db.all<{
        source_id: number;
        id: string;
        text: string | null;
        at_us: number;
        permalink: string | null;
      }>(
        `SELECT q.source_id, q.message_id AS id, m.text, ifnull(m.at_us, 0) AS at_us, m.permalink FROM sources s
         CROSS JOIN link_queue q ON q.source_id = s.id
         LEFT JOIN messages m ON m.source_id = q.source_id AND m.id = q.message_id
         WHERE s.space_id = ? ORDER BY q.message_id DESC LIMIT ?`,
        spaceId,
        limit,
      );
      return rows.map(({ source_id, id, text, at_us, permalink }) => ({
        ...{ sourceId: source_id, id, atUs: at_us },
        ...(text === null ? {} : { text }),
        ...(permalink === null ? {} : { permalink }),
      }));
    },
    put(spaceId, found, depth) {
      db.transaction(() => {
        for (const one of found) putOne(spaceId, one, depth);
      });
    },
    count: (spaceId) =>
      (db.get<{ n: number }>('SELECT count(*) AS n FROM linked_pages WHERE space_id = ?', spaceId) as { n: number }).n,
    reopened(spaceId, depth) {
      db.transaction(() => {
        const changed = db.all<{ id: number; audience_id: number }>(
          `SELECT s.id, s.audience_id FROM sources s LEFT JOIN linking_channels c ON c.source_id = s.id
           WHERE s.space_id = ? AND s.audience_id IS NOT c.audience_id
             AND EXISTS (SELECT 1 FROM message_links l WHERE l.source_id = s.id)`,
          spaceId,
        );
        for (const { id, audience_id } of changed) {
          const urls = db.all<{ url: string }>('SELECT DISTINCT url FROM message_links WHERE source_id = ?', id);
          const known = db.get('SELECT 1 FROM linking_channels WHERE source_id = ?', id);
          // A channel that links for the first time has had its addresses touched already.
          if (known)
            touch(
              db,
              spaceId,
              urls.map(({ url }) => url),
              depth,
              0,
            );
          db.run('INSERT OR REPLACE INTO linking_channels VALUES (?, ?)', id, audience_id);
        }
      });
    },
  };
}
