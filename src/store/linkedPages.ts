import type { Database } from './database.ts';

/** A channel that links to a page, by itself or through pages that link to it. */
export interface LinkingChannel {
  readonly sourceId: number;
  readonly audienceId: number;
  readonly name: string;
  /** How many pages lie between its messages and this one: 0 when a message of it links here. */
  readonly hops: number;
}

/** A place where the page lies now. */
export interface LinkedPlace {
  readonly placeId: number;
  /** The channel whose readers are its readers. */
  readonly channelId: number;
}

/** The pages that are linked to in a space: when each is looked at again, and where it belongs. */
export interface LinkedPages {
  /**
   * Those that are to be looked at, the most urgent first.
   * @param aheadMs nothing is put off for longer: what is due later was put off by a clock that was wrong
   */
  due(spaceId: string, nowMs: number, aheadMs: number, limit: number): string[];
  /** Who links to it, up to `depth` pages away, and where it is. */
  standing(
    spaceId: string,
    url: string,
    depth: number,
  ): { readonly channels: readonly LinkingChannel[]; readonly places: readonly LinkedPlace[] };
  /** It was looked at, and is again then. `links`: what it links to now itself; undefined leaves that as it is. */
  looked(spaceId: string, url: string, dueMs: number, links?: readonly string[]): void;
  /** Nobody links to it any more. */
  drop(spaceId: string, url: string): void;
}

export function createLinkedPages(db: Database): LinkedPages {
  function setLinks(spaceId: string, url: string, links: readonly string[]): void {
    const wanted = new Set(links);
    const before = db.all<{ to_url: string }>(
      'SELECT to_url FROM page_links WHERE space_id = ? AND url = ?',
      spaceId,
      url,
    );
    for (const { to_url } of before) {
      if (wanted.delete(to_url)) continue;
      db.run('DELETE FROM page_links WHERE space_id = ? AND url = ? AND to_url = ?', spaceId, url, to_url);
      // One that is dropped already does not come back for that.
      db.run('UPDATE linked_pages SET due_ms = min(due_ms, 0) WHERE space_id = ? AND url = ?', spaceId, to_url);
    }
    for (const to of wanted) {
      db.run('INSERT OR IGNORE INTO page_links VALUES (?, ?, ?)', spaceId, url, to);
      touch(db, spaceId, [to], 0, 0);
    }
  }

  return {
    due: (spaceId, nowMs, aheadMs, limit) =>
      db
        .all<{ url: string }>(
          `SELECT url FROM linked_pages WHERE space_id = ?1 AND (due_ms <= ?2 OR due_ms > ?3)
           ORDER BY due_ms, url LIMIT ?4`,
          spaceId,
          nowMs,
          nowMs + aheadMs,
          limit,
        )
        .map(({ url }) => url),
    standing(spaceId, url, depth) {
      // What is being removed has an audience of nobody, and is no reason to keep or put anything.
      const channels = db.all<{ sourceId: number; audienceId: number; name: string; hops: number }>(
        `WITH RECURSIVE roots (url, hops) AS (
           SELECT ?2, 0
           UNION SELECT p.url, r.hops + 1 FROM roots r JOIN page_links p ON p.space_id = ?1 AND p.to_url = r.url
           WHERE r.hops < ?3)
         SELECT s.id AS sourceId, s.audience_id AS audienceId, s.name, min(r.hops) AS hops
         FROM (SELECT url, min(hops) AS hops FROM roots GROUP BY url) r
         CROSS JOIN message_links l ON l.url = r.url JOIN sources s ON s.id = l.source_id
         JOIN audiences a ON a.id = s.audience_id
         WHERE s.space_id = ?1 AND NOT (a.kind = 'members' AND a.key = 'removed') GROUP BY s.id ORDER BY s.id`,
        spaceId,
        url,
        depth,
      );
      const places = db.all<{ placeId: number; channelId: number }>(
        `SELECT s.id AS placeId, s.follows_id AS channelId FROM sources s
         CROSS JOIN documents d ON d.source_id = s.id AND d.key = ?2
         WHERE s.space_id = ?1 AND s.kind = 'links' AND s.follows_id IS NOT NULL ORDER BY s.id`,
        spaceId,
        url,
      );
      return { channels, places };
    },
    looked(spaceId, url, dueMs, links) {
      db.transaction(() => {
        db.run('UPDATE linked_pages SET due_ms = ? WHERE space_id = ? AND url = ?', dueMs, spaceId, url);
        if (links) setLinks(spaceId, url, links);
      });
    },
    drop(spaceId, url) {
      db.transaction(() => {
        setLinks(spaceId, url, []);
        db.run('DELETE FROM linked_pages WHERE space_id = ? AND url = ?', spaceId, url);
      });
    },
  };
}

/**
 * Makes addresses due, and those up to `depth` links behind them: who may read them, or whether anybody links to them,
 * may have changed.
 * @param dueMs the lower, the sooner
 */
export function touch(db: Database, spaceId: string, urls: readonly string[], depth: number, dueMs: number): void {
  for (const url of urls) {
    db.run(
      `INSERT INTO linked_pages VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET due_ms = min(due_ms, ?3)`,
      spaceId,
      url,
      dueMs,
    );
    if (depth === 0) continue;
    db.run(
      `WITH RECURSIVE behind (url, hops) AS (
         SELECT ?2, 0
         UNION SELECT p.to_url, b.hops + 1 FROM behind b JOIN page_links p ON p.space_id = ?1 AND p.url = b.url
         WHERE b.hops < ?3)
       UPDATE linked_pages SET due_ms = min(due_ms, ?4) WHERE space_id = ?1 AND url IN (SELECT url FROM behind)`,
      spaceId,
      url,
      depth,
      dueMs,
    );
  }
}
