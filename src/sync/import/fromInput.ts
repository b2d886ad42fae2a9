/** What is called so came by standard input and was given no name. */
export const inputName = 'standard input';

/** What a citation leads to where there is no address: it says where the document came from, and is no link. */
export function inputAddress(name: string, inner?: string): string {
  const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
  return `stdin:${encoded(name)}${inner === undefined ? '' : `#${inner.split('/').map(encoded).join('/')}`}`;
}
