const SAMPLE_LINES = 400;
const SAMPLE_LENGTH = 100_000;

/** Begins with a time, a level, a stack frame, a prompt. */
const LOG =
  /^\s*(?:\[?\d{4}-\d\d-\d\d[T ,]|\[?\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b|at [\w$.<>]+ ?\(|[\w.-]+@[\w.-]+[:~].*[$#] )/;
/** Ends or begins as lines of code do, or has columns. */
const CODE =
  /[{};]\s*$|^\s*(?:\/\/|#include|import |from \w+ import|def |class |function |const |let |var |return\b|<\/?\w+|[\w.-]+\s*=\s*\S)|^[^,]*(?:,[^,]*){4,}$|\S\t+\S.*\t|\S {3,}\S/;

/** Whether a text is a log, code or a table of columns, where each line stands for itself. Looks at its beginning. */
export function looksPreformatted(text: string): boolean {
  const lines = text
    .slice(0, SAMPLE_LENGTH)
    .split(/\r?\n/, SAMPLE_LINES)
    .filter((line) => line.trim() !== '');
  if (lines.length < 3) return false;
  let log = 0;
  let code = 0;
  for (const line of lines) {
    const head = line.slice(0, 400);
    if (LOG.test(head)) log += 1;
    else if (CODE.test(head)) code += 1;
  }
  return log >= lines.length * 0.3 || log + code >= lines.length * 0.6;
}
