const ADDRESS = /https?:\/\/[^\s<>()|"'`]+/gu;

/** The web addresses in a text, as they are written. */
export function addressesIn(text: string): readonly string[] {
  return text.match(ADDRESS) ?? [];
}

/** A text without the words of its links' addresses, which are no words that somebody said. */
export function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, ' ');
}

/** True if both lead to the same page, whatever part of it. */
export function isSameAddress(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(address: string): string {
  return address.replace(/[#?].*$/u, '').replace(/[/.,;:]+$/u, '');
}
