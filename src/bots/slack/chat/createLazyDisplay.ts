import type { Timing } from '../../../base/Timing.ts';
import type { Display } from './Display.ts';

/** An answer that is finished sooner is posted whole: a stream of one moment would be two calls for nothing. */
const PATIENCE_MS = 300;
/** Where the budget has no room for a stream, it may have a moment later. */
const AGAIN_MS = 1_200;
const TRIES = 4;

/** A display that is begun with the first words; `quiet` is the one that shows nothing before the end. */
export function createLazyDisplay(deps: {
  readonly quiet: Display;
  /** Undefined when the budget has no room for it. */
  readonly begin: () => Promise<Display | undefined>;
  readonly timing: Timing;
}): Display {
  let wanted = '';
  let isOver = false;
  let beginning: Promise<void> | undefined;
  let begun: Promise<Display | undefined> | undefined;

  async function begin() {
    await deps.timing.wait(PATIENCE_MS);
    for (let tries = 0; tries < TRIES && !isOver; tries++) {
      begun = deps.begin();
      const display = await begun;
      if (display) return display.show(wanted);
      await deps.timing.wait(AGAIN_MS);
    }
  }

  async function over(): Promise<Display> {
    isOver = true;
    return (await begun) ?? deps.quiet;
  }

  return {
    show(markdown) {
      wanted = markdown;
      if (markdown.trim() === '' && !begun) return;
      if (begun) void begun.then((display) => display?.show(wanted)).catch(() => {});
      beginning ??= begin().catch(() => {}); // The end meets the same trouble, and tells of it.
    },
    settle: async (rendering, mark) => (await over()).settle(rendering, mark),
    leave: async () => (await over()).leave(),
    async idle() {
      await beginning;
      await (await begun)?.idle();
    },
  };
}
