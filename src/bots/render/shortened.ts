/** At most so many characters, cut between whole ones. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 2)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()} …`;
}
