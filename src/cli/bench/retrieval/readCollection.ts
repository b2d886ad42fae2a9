import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';

const corpusSchema = z.object({ _id: z.coerce.string(), title: z.string().optional().default(''), text: z.string() });
const turnSchema = z.object({ speaker: z.string(), text: z.string() });
const querySchema = z.object({ _id: z.coerce.string(), text: z.string(), history: z.array(turnSchema).optional() });

export type CorpusEntry = z.output<typeof corpusSchema>;
export type Query = z.output<typeof querySchema>;

export interface Collection {
  readonly corpus: readonly CorpusEntry[];
  readonly queries: readonly Query[];
  /** Query id -> document id -> relevance. */
  readonly qrels: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * Reads a collection in BEIR's layout: corpus.jsonl, queries.jsonl and qrels.tsv (query-id, corpus-id, score, a header).
 * @throws BackscrollError `usage` naming the file, and `input` naming the line, that cannot be read
 */
export async function readCollection(dir: string): Promise<Collection> {
  const qrels = new Map<string, Map<string, number>>();
  await eachLine(join(dir, 'qrels.tsv'), (line, place) => {
    const [query, document, score] = line.split('\t');
    if (query === undefined || document === undefined || !/^-?\d+(\.\d+)?$/.test(score?.trim() ?? '')) {
      if (place.line === 1) return; // the header
      throw new BackscrollError('input', `${place.file}:${place.line} is not "query-id, corpus-id, score".`);
    }
    const judged = qrels.get(query) ?? new Map<string, number>();
    qrels.set(query, judged.set(document, Number(score)));
  });
  return {
    corpus: await jsonLines(join(dir, 'corpus.jsonl'), corpusSchema),
    queries: await jsonLines(join(dir, 'queries.jsonl'), querySchema),
    qrels,
  };
}

async function jsonLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = [];
  await eachLine(file, (line, place) => {
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new BackscrollError(
        'input',
        `${place.file}:${place.line} ${issue?.path.join('.') || 'is no JSON object'}: ${issue?.message}.`,
      );
    }
    rows.push(parsed.data);
  });
  return rows;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function eachLine(file: string, take: (line: string, place: { file: string; line: number }) => void) {
  const input = createReadStream(file);
  const opened = new Promise<void>((resolve, reject) => input.once('open', () => resolve()).once('error', reject));
  try {
    await opened;
  } catch (cause) {
    throw new BackscrollError(
      'usage',
      `${file} cannot be read. --data names a folder with corpus.jsonl, queries.jsonl and qrels.tsv.`,
      { cause },
    );
  }
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') take(text, { file, line });
  }
}
