import type { SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { App } from '../../main.ts';

const TOPICS = ['VPN', 'deploy', 'payroll', 'backup', 'printer', 'badge', 'standup', 'release', 'invoice', 'laptop'];

/** Something to answer from: a small thread on each topic in each channel. */
export async function takeInTalk(
  { ingest }: App,
  space: SpaceFacts,
  channels: readonly string[],
  personId: string,
): Promise<void> {
  await ingest.space(space, []);
  for (const [c, key] of channels.entries()) {
    const audience = { kind: 'everybody' as const };
    const source = await ingest.source({ spaceId: space.id, kind: 'channel', key, name: `#${key}`, audience });
    const messages = TOPICS.flatMap((topic, t) =>
      [
        `How do I reset the ${topic} for team ${c}?`,
        `Open the ${topic} page of team ${c}, press reset and wait ${t + 2} minutes.`,
      ].map((text, n) => {
        const atUs = (1_700_000_000 + c * 1000 + t * 100 + n) * 1_000_000;
        const id = `${atUs / 1_000_000}.000000`;
        const threadId = `${1_700_000_000 + c * 1000 + t * 100}.000000`;
        return { id, atUs, text, threadId, personId, files: [], confirmations: 0, contradictions: 0 };
      }),
    );
    await ingest.messages(source, messages);
  }
}

/** Makes what was taken in findable. */
export async function settleTalk({ ingest, indexer }: App): Promise<void> {
  const { signal } = new AbortController();
  await ingest.settle({ signal });
  await indexer.idle({ signal });
}

/** @param i of the question; it is about the channel that it is asked in, of so many */
export function questionOn(i: number, channels: number): string {
  return `how do I reset the ${TOPICS[i % TOPICS.length]} for team ${i % channels}?`;
}
