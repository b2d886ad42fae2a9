type Stream = 'stdout' | 'stderr';

/** What a process printed, and whoever waits for it to print something. */
export function createTranscript() {
  const texts = { stdout: '', stderr: '' };
  const waiting = new Set<{ check(): boolean; reject(error: Error): void }>();
  let over: string | undefined;

  return {
    text: (stream: Stream) => texts[stream],
    add(stream: Stream, text: string) {
      texts[stream] += text;
      for (const waiter of waiting) if (waiter.check()) waiting.delete(waiter);
    },
    end(code: number | null) {
      over = `The process ended (${code}) before it had printed that:\n${texts.stdout}\n${texts.stderr}`;
      for (const { reject } of waiting) reject(new Error(over));
      waiting.clear();
    },
    waitFor(condition: (printed: string) => boolean): Promise<string> {
      return new Promise((resolve, reject) => {
        const check = () => {
          const printed = `${texts.stdout}\n${texts.stderr}`;
          const fulfilled = condition(printed);
          if (fulfilled) resolve(printed);
          return fulfilled;
        };
        if (check()) return;
        if (over !== undefined) reject(new Error(over));
        else waiting.add({ check, reject });
      });
    },
  };
}
