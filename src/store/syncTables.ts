import type { Generated } from 'kysely';

/** The tables of sync, and of the links that it follows; see tables.ts for how they are written. */
export interface SyncTables {
  sync_sources: {
    id: string;
    kind: string;
    space_id: string;
    name: string;
    cursor: string | null;
    stale_after_ms: number;
    known_ms: number;
    started_ms: number | null;
    ended_ms: number | null;
    success_ms: number | null;
    next_ms: number | null;
    failures: Generated<number>;
    error: string | null;
    /** What is not taken away yet, because it is more than a share of the source; JSON. */
    holding: string | null;
    done: number | null;
    total: number | null;
    unit: string | null;
    until_ms: number | null;
  };
  sync_documents: {
    sync_id: string;
    key: string;
    memory: string | null;
    sentence: string | null;
    failed_ms: number | null;
  };
  sync_threads: {
    source_id: number;
    id: string;
    replies: number;
    latest: string | null;
    /** 1 while its replies are to be read; `read_to` is the last of those that were. */
    wanted: number;
    read_to: string | null;
  };
  sync_marks: { source_id: number; message_id: string; event_us: number; moment: number; heard_ms: number };
  sync_looks: { source_id: number; message_id: string; thread_id: string | null; happened_ms: number; tries: number };
  /** Messages whose links are to be read; triggers on `messages` fill it. */
  link_queue: { source_id: number; message_id: string };
  message_links: { source_id: number; message_id: string; url: string };
  linked_pages: { space_id: string; url: string; due_ms: number };
  page_links: { space_id: string; url: string; to_url: string };
  /** The audience that a channel had when its links were given their places. */
  linking_channels: { source_id: number; audience_id: number };
}
