import { type Options, Presets, SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { Output } from '../commands/Output.ts';

const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('import'), phase: z.string(), done: z.number(), total: z.number(), unit: z.string() }),
  z.object({
    kind: z.literal('sync'),
    done: z.number(),
    total: z.number(),
    unit: z.string(),
    toGoMs: z.number().optional(),
  }),
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

  function tell(name: string, done: number, total: number, unit: string, toGoMs?: number) {
    const toGo = toGoMs === undefined ? {} : { toGo: inWords(toGoMs) };
    if (bar) {
      if (name !== phase) {
        if (running) bar.stop();
        bar.start(total, done, { name, unit, toGo: '?', ...toGo });
        running = true;
      } else {
        bar.setTotal(total);
        bar.update(done, { name, unit, ...toGo });
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
      // A platform's limits say better how long it will take than what went before.
      else if (told.kind === 'sync') tell('reading', told.done, told.total, told.unit, told.toGoMs);
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
  return new SingleBar(
    { format: barFormat, stream: process.stderr, hideCursor: true, clearOnComplete: false },
    Presets.shades_classic,
  );
}

type BarOptions = Parameters<Exclude<Options['format'], string | undefined>>[0];

/** As cli-progress would show it, but with our own time to go where we know it. */
const barFormat: Exclude<Options['format'], string | undefined> = (options: BarOptions, params, payload) => {
  const { name, unit, toGo } = payload as { name: string; unit: string; toGo?: string };
  const { barCompleteString = '', barIncompleteString = '', barsize = 40 } = options;
  const filled = Math.round(params.progress * barsize);
  const drawn = barCompleteString.slice(0, filled) + barIncompleteString.slice(0, barsize - filled);
  const left = toGo && toGo !== '?' ? toGo : inWords(Number(params.eta) * 1000);
  return `${name} ${drawn} ${Math.floor(params.progress * 100)} % · ${params.value} of ${params.total} ${unit} · ${left} to go`;
};

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const rounded = (bytes: number) => Math.round((bytes / MEGABYTE) * 10) / 10;
