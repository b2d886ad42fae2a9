import { Presets, SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { Output } from '../commands/Output.ts';

const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('import'), phase: z.string(), done: z.number(), total: z.number(), unit: z.string() }),
  z.object({ kind: z.literal('settle'), conversations: z.number(), vectors: z.number() }),
]);

const MEGABYTE = 1024 ** 2;

export interface ProgressPrinter {
  show(event: unknown): void;
  end(): void;
}

/** Long work made visible on stderr: a bar with a time to go on a terminal, a line at every tenth elsewhere. */
export function createProgressPrinter(output: Output): ProgressPrinter {
  const bar = output.interactive ? createBar() : undefined;
  let phase = '';
  let tenth = -1;
  let running = false;

  function tell(name: string, done: number, total: number, unit: string) {
    if (bar) {
      if (name !== phase) {
        if (running) bar.stop();
        bar.start(total, done, { name, unit });
        running = true;
      } else {
        bar.setTotal(total);
        bar.update(done, { name, unit });
      }
    } else {
      const now = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (name !== phase || now !== tenth) output.aside(`${name}: ${now * 10} %`);
      tenth = now;
    }
    phase = name;
  }

  let most = 0;
  let lastTold = 0;
  return {
    show(event) {
      const known = eventSchema.safeParse(event);
      if (!known.success) return;
      const told = known.data;
      if (told.kind === 'text') output.piece(told.text);
      else if (told.kind === 'import') {
        tell(`reading ${told.phase}`, rounded(told.done), rounded(told.total), 'MB');
      } else {
        most = Math.max(most, told.vectors);
        if (bar) tell('indexing', most - told.vectors, most, 'passages');
        // How many there will be is not known before all conversations are built: a share would go backwards.
        else if (Math.abs(told.vectors - lastTold) >= 1000) {
          output.aside(`indexing: ${told.vectors} passages to go`);
          lastTold = told.vectors;
        }
      }
    },
    end() {
      if (running) bar?.stop();
      running = false;
    },
  };
}

function createBar(): SingleBar {
  const format = '{name} {bar} {percentage} % · {value} of {total} {unit} · {eta_formatted} to go';
  return new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: false },
    Presets.shades_classic,
  );
}

const rounded = (bytes: number) => Math.round((bytes / MEGABYTE) * 10) / 10;
