import type { Json } from '../State.ts';

const interactive = new Set(['actions', 'context_actions', 'section', 'input']);

/** Blocks as Slack stores them: every block has an id, every element an action, every text object its defaults. */
export function settleBlocks(blocks: readonly Json[], nextId: (prefix: string) => string): Json[] {
  return blocks.map((block) => {
    const settled = texts(block);
    settled.block_id ??= nextId('blk');
    if (!interactive.has(settled.type)) return settled;
    for (const element of [settled.accessory, settled.element, ...(settled.elements ?? [])]) {
      if (element && typeof element === 'object' && element.type !== 'image') element.action_id ??= nextId('act');
    }
    return settled;
  });
}

function texts(value: Json): Json {
  if (Array.isArray(value)) return value.map(texts);
  if (value === null || typeof value !== 'object') return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, texts(one)]));
  if (copy.type === 'plain_text') copy.emoji ??= true;
  if (copy.type === 'mrkdwn') copy.verbatim ??= false;
  return copy;
}

/** The characters of everything that is read in blocks: what Slack's limit over a whole message counts. */
export function countText(value: Json): number {
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + countText(one), 0);
  if (value === null || typeof value !== 'object') return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (key === 'text' && typeof one === 'string' ? one.length : countText(one)),
    0,
  );
}
