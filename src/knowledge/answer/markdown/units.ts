import { type Progress, sentenceEnd } from './boundary.ts';

export type UnitKind = 'sentence' | 'item' | 'heading' | 'table' | 'code' | 'blank';

/** The smallest piece of Markdown that is judged, shown or quoted as a whole. */
export interface Unit {
  readonly kind: UnitKind;
  /** As it stands, with the white space behind it: all units of a text put together are that text. */
  readonly text: string;
}

/** Cuts a growing text. What `push` returns is final; `end` gives the rest. */
export interface UnitSplitter {
  push(delta: string): Unit[];
  end(): Unit[];
}

/** A line's kind shows in its first characters: `###### ` is the longest that must be seen. */
const TELLING_CHARS = 7;
const ITEM = /^(?:[-*+•]|\d{1,4}[.)])[ \t]/u;

/**
 * Cuts Markdown into sentences, list items, headings, whole tables and whole code blocks (a fence that is never closed
 * lasts to the end). The units are the same however the text is divided into deltas.
 */
export function createUnitSplitter(): UnitSplitter {
  let rest = '';
  let atLineStart = true;
  /** A code block or a table that is being collected. */
  let block = '';
  let fence: string | undefined;
  let progress: Progress = { at: 0, bold: false };

  function takeBlock(kind: UnitKind): Unit {
    const unit: Unit = { kind, text: block };
    block = '';
    fence = undefined;
    return unit;
  }

  function takeLine(complete: boolean): string | undefined {
    const end = rest.indexOf('\n') + 1;
    if (end === 0 && !complete) return undefined;
    const line = end === 0 ? rest : rest.slice(0, end);
    rest = rest.slice(line.length);
    return line;
  }

  /** The next unit, nothing when a line was only collected, or undefined when more text is needed. */
  function step(complete: boolean): Unit | 'collected' | undefined {
    if (rest === '') return undefined;
    if (fence !== undefined) {
      const line = takeLine(complete);
      if (line === undefined) return undefined;
      block += line;
      return closesFence(line, fence) ? takeBlock('code') : 'collected';
    }
    if (!atLineStart) return takeSentence(complete);
    const start = rest.trimStart();
    const hasLine = rest.includes('\n') || complete;
    if (!hasLine && start.length < TELLING_CHARS) return undefined;
    const kind = lineKind(rest);
    if (block !== '' && kind !== 'table') return takeBlock('table');
    if (kind === 'sentence') {
      atLineStart = false;
      return takeSentence(complete);
    }
    const line = takeLine(complete);
    if (line === undefined) return undefined;
    if (kind === 'table') {
      block += line;
      return 'collected';
    }
    const opened = kind === 'code' ? openedFence(line) : undefined;
    if (opened !== undefined) {
      fence = opened;
      block = line;
      return 'collected';
    }
    return { kind: kind === 'code' ? 'sentence' : kind, text: line };
  }

  function takeSentence(complete: boolean): Unit | undefined {
    const newline = rest.indexOf('\n');
    const line = newline < 0 ? rest : rest.slice(0, newline);
    const lineComplete = complete || newline >= 0;
    const found = sentenceEnd(line, lineComplete, progress);
    if (found === 'wait') return undefined;
    progress = { at: 0, bold: false };
    const end = found === 'none' ? (newline < 0 ? rest.length : newline + 1) : found;
    if (found === 'none') atLineStart = true;
    const text = rest.slice(0, end);
    rest = rest.slice(end);
    return { kind: 'sentence', text };
  }

  function take(complete: boolean): Unit[] {
    const units: Unit[] = [];
    for (let unit = step(complete); unit !== undefined; unit = step(complete)) {
      if (unit !== 'collected') units.push(unit);
    }
    return units;
  }

  return {
    push(delta) {
      rest += delta;
      return take(false);
    },
    end() {
      const units = take(true);
      if (block !== '') units.push(takeBlock(fence === undefined ? 'table' : 'code'));
      atLineStart = true;
      return units;
    },
  };
}

/** All units of a whole text. */
export function unitsOf(text: string): Unit[] {
  const splitter = createUnitSplitter();
  return [...splitter.push(text), ...splitter.end()];
}

/** A code block with its fence closed, also when the writer stopped before. */
export function closeFence(code: string): string {
  const lines = code.trimEnd().split('\n');
  const fence = openedFence(lines[0] ?? '');
  if (fence === undefined || (lines.length > 1 && closesFence(lines.at(-1) ?? '', fence))) return code;
  return `${code.trimEnd()}\n${fence}\n`;
}

/** @param rest begins with the line, of which at least the telling characters are there. */
function lineKind(rest: string): UnitKind {
  if (/^[ \t]*(?:\n|$)/u.test(rest)) return 'blank';
  const start = rest.replace(/^[ \t]+/u, '');
  if (/^(?:`{3}|~{3})/u.test(start)) return 'code';
  if (start.startsWith('|')) return 'table';
  if (/^#{1,6}[ \t]/u.test(start)) return 'heading';
  return ITEM.test(start) || start.startsWith('>') ? 'item' : 'sentence';
}

function openedFence(line: string): string | undefined {
  const match = /^[ \t]*(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)\n?$/u.exec(line);
  return match?.[1] ?? match?.[2];
}

function closesFence(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark === (fence[0] as string).repeat(mark.length);
}
