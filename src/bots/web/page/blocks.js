const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const HEADING = /^ {0,3}#{1,6}\s+(\S.*)$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])( +|$)/;
const DIVIDER = /^\|(?: *:?-+:? *\|)+$/;

/**
 * Markdown cut into blocks: `{kind, source, …}` with kind `code`, `heading`, `rule`, `quote`, `list`, `table` or
 * `paragraph`. A code fence that is not closed yet reaches to the end, so that an answer can be shown while it grows.
 */
export function blocks(source) {
  const lines = source.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n');
  const found = [];
  let i = 0;
  const take = (kind, from, rest) => found.push({ kind, source: lines.slice(from, i).join('\n'), ...rest });

  while (i < lines.length) {
    const line = lines[i];
    const from = i;
    const fence = FENCE.exec(line);
    if (line.trim() === '') i++;
    else if (fence) {
      i++;
      const close = new RegExp(`^ {0,3}\\${fence[1][0]}{${fence[1].length},}\\s*$`);
      while (i < lines.length && !close.test(lines[i])) i++;
      const text = lines.slice(from + 1, i).join('\n');
      i++;
      take('code', from, { text, language: fence[2] });
    } else if (HEADING.test(line)) {
      i++;
      take('heading', from, { text: HEADING.exec(line)[1].trimEnd().replace(/ #+$/, '') });
    } else if (RULE.test(line)) {
      i++;
      take('rule', from);
    } else if (QUOTE.test(line)) {
      while (i < lines.length && QUOTE.test(lines[i])) i++;
      const inner = lines.slice(from, i).map((quoted) => quoted.replace(QUOTE, ''));
      take('quote', from, { text: inner.join('\n') });
    } else if (ITEM.test(line)) {
      const list = items(lines, i);
      i = list.end;
      take('list', from, list);
    } else if (isTable(line, lines[i + 1])) {
      while (i < lines.length && isRow(lines[i])) i++;
      const rows = lines.slice(from, i).filter((_, at) => at !== 1);
      take('table', from, { rows: rows.map(cells) });
    } else {
      do i++;
      while (i < lines.length && !beginsBlock(lines[i], lines[i + 1]));
      take('paragraph', from, { text: lines.slice(from, i).join('\n').trim() });
    }
  }
  return found;
}

function beginsBlock(line, next) {
  return (
    line.trim() === '' ||
    FENCE.test(line) ||
    HEADING.test(line) ||
    RULE.test(line) ||
    QUOTE.test(line) ||
    // A number in the middle of a text begins no list.
    /^ {0,3}(?:[-*+]|1[.)]) +\S/.test(line) ||
    isTable(line, next)
  );
}

function isTable(line, next = '') {
  return isRow(line) && DIVIDER.test(next.trim());
}

function isRow(line) {
  const text = line.trim();
  return text.length > 1 && text.startsWith('|') && text.endsWith('|');
}

/** The items from line `i` on, each as Markdown of its own, with what is indented below it. */
function items(lines, i) {
  const first = ITEM.exec(lines[i]);
  const ordered = /\d/.test(first[2]);
  const texts = [];
  while (i < lines.length) {
    const item = ITEM.exec(lines[i]);
    if (!item || /\d/.test(item[2]) !== ordered || RULE.test(lines[i])) break;
    const indent = Math.min(item[0].length, item[1].length + item[2].length + 4);
    const own = [lines[i].slice(item[0].length)];
    for (i++; i < lines.length; i++) {
      const line = lines[i];
      const inside = line.startsWith(' '.repeat(Math.min(indent, 2)));
      if (line.trim() === '') {
        const next = lines[i + 1] ?? '';
        if (!next.startsWith('  ')) break;
        own.push('');
      } else if (inside) own.push(line.slice(Math.min(indent, /^ */.exec(line)[0].length)));
      else if (ITEM.test(line) || beginsBlock(line)) break;
      else own.push(line);
    }
    texts.push(own.join('\n'));
    // One empty line between two items keeps the list together.
    if (lines[i]?.trim() === '' && ITEM.test(lines[i + 1] ?? '')) i++;
  }
  return { items: texts, ordered, start: ordered ? Number.parseInt(first[2], 10) : 1, end: i };
}

function cells(row) {
  const inner = row.trim().replace(/^\||\|$/g, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}
