const EVERY_MS = 100;

/**
 * Calls `tooMuch`, once, when this process has grown by more than `maxGrowthBytes` since now. V8's limit of a thread's
 * heap does not count buffers, and those are where a compressed stream unfolds. Others in the process may grow too, so
 * the limit is to be generous.
 * @returns ends the watch
 */
export function watchMemory(maxGrowthBytes: number, tooMuch: () => void): () => void {
  const before = process.memoryUsage.rss();
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() - before <= maxGrowthBytes) return;
    clearInterval(timer);
    tooMuch();
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
