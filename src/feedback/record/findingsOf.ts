import type { Finding } from '../redact/Finding.ts';

const NOTHING: readonly Finding[] = [];

/** @param json written by us; null for most texts, in which nothing was found */
export function findingsOf(json: string | null): readonly Finding[] {
  return json === null ? NOTHING : (JSON.parse(json) as Finding[]);
}
