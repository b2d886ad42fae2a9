import { CsvError, type Options, parse } from 'csv-parse/sync';
import type { Paragraph, Root, RootContent, TableRow } from 'mdast';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { columnNames } from './csv/columnNames.ts';
import { guessDelimiter } from './csv/guessDelimiter.ts';
import type { Page } from './Page.ts';

const MAX_ROWS = 50_000;
const MAX_ROW_CHARACTERS = 262_144;
/** About what a passage holds, so that a table need not be cut once more; each table repeats the header. */
const TABLE_CHARACTERS = 800;
/** What is wider, or has longer cells on average, is easier read row by row. */
const TABLE_COLUMNS = 8;
const TABLE_ROW_CHARACTERS = 240;

/**
 * Reads a table as text (RFC 4180 and what people make of it): narrow ones as tables of a bounded number of rows, wide
 * or wordy ones row by row as `column: value`. The delimiter is guessed unless it is given; rows may be of any length;
 * quotes that do not pair are taken for letters. Pure.
 * Throws BackscrollError `input` for a row or a number of rows that no reader wants.
 */
export function readCsv(
  text: string,
  options: { readonly name: string; readonly fallbackTitle: string; readonly delimiter?: string },
): Page {
  const { name, fallbackTitle } = options;
  const delimiter = options.delimiter ?? guessDelimiter(text.replace(/^\uFEFF/, ''));
  const rows = rowsOf(text, delimiter, name);
  const { names, isHeader } = columnNames(rows);
  const body = isHeader ? rows.slice(1) : rows;
  const characters = body.reduce((sum, row) => sum + row.reduce((inner, cell) => inner + cell.length, 0), 0);
  const isNarrow =
    names.length > 1 && names.length <= TABLE_COLUMNS && characters <= body.length * TABLE_ROW_CHARACTERS;
  return { title: fallbackTitle, body: isNarrow ? asTables(names, body) : asRecords(names, body) };
}

function rowsOf(text: string, delimiter: string, name: string): string[][] {
  const settings: Options = {
    bom: true,
    delimiter,
    info: false,
    max_record_size: MAX_ROW_CHARACTERS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    to: MAX_ROWS + 2,
    trim: true,
  };
  const body = text.replace(/^\uFEFF?sep=.\r?\n/, '');
  let rows: string[][];
  try {
    rows = parseRows(body, settings);
  } catch (error) {
    try {
      rows = parseRows(body, { ...settings, quote: false });
    } catch (again) {
      const isLong = [error, again].some((one) => one instanceof CsvError && one.code === 'CSV_MAX_RECORD_SIZE');
      const why = isLong ? `has a row of more than ${MAX_ROW_CHARACTERS} characters` : 'cannot be read as a table';
      throw new BackscrollError('input', `${name} ${why}; left out.`, { cause: again });
    }
  }
  if (rows.length <= MAX_ROWS + 1) return rows;
  throw new BackscrollError(
    'input',
    `${name} has more than ${MAX_ROWS} rows; that is data rather than a document; left out.`,
  );
}

const parseRows = (text: string, settings: Options) => parse(text, settings) as unknown as string[][];

function asTables(names: readonly string[], rows: readonly (readonly string[])[]): Root {
  const children: RootContent[] = [];
  let part: TableRow[] = [];
  let characters = 0;
  for (const row of rows) {
    if (part.length === 0) part.push(tableRow(names, names.length));
    part.push(tableRow(row, names.length));
    characters += row.reduce((sum, cell) => sum + cell.length + 3, 0);
    if (characters < TABLE_CHARACTERS) continue;
    children.push({ type: 'table', children: part });
    part = [];
    characters = 0;
  }
  if (part.length > 0) children.push({ type: 'table', children: part });
  return { type: 'root', children };
}

function tableRow(cells: readonly string[], width: number): TableRow {
  return {
    type: 'tableRow',
    children: Array.from({ length: width }, (_, at) => {
      const value = (cells[at] ?? '').replace(/\s+/g, ' ').trim();
      return { type: 'tableCell', children: value === '' ? [] : [{ type: 'text', value }] };
    }),
  };
}

function asRecords(names: readonly string[], rows: readonly (readonly string[])[]): Root {
  const children = rows.map((row): Paragraph => {
    const said = row.flatMap((cell, at) => {
      const value = cell.replace(/[^\S\n]*\r?\n\s*/g, '\n').trim();
      if (value === '') return [];
      return names.length === 1 ? [value] : [`${names[at]}: ${value}`];
    });
    return { type: 'paragraph', children: [{ type: 'text', value: said.join('\n') }] };
  });
  return { type: 'root', children };
}
