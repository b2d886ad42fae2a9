import type { GapsResult } from '../operations/gaps.ts';

/** "14 people asked about VPN on Linux, nothing answers it". */
export function gapsInWords({ days, gaps }: GapsResult): string {
  if (gaps.length === 0) return `In the last ${days} days nobody asked what nothing answers.`;
  return gaps
    .map(({ question, people, questions, unanswered, mightKnow, traceIds }) => {
      const who = people === 1 ? 'One person' : `${people} people`;
      const often = questions > people ? ` (${questions} times)` : '';
      const outcome =
        unanswered === questions
          ? 'nothing answers it'
          : unanswered === 0
            ? 'the answers are bad'
            : 'nothing answers it well';
      const names = mightKnow.map(({ name }) => name).join(', ');
      const lines = [`${who} asked: “${question}”${often}; ${outcome}.`];
      if (names !== '') lines.push(`   Might know: ${names}`);
      if (traceIds[0]) lines.push(`   See: npx backscroll trace ${traceIds[0]}`);
      return lines.join('\n');
    })
    .join('\n');
}
