import { defuseHtml } from './defuseHtml.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of an HTML page, a blank line between blocks: for pages that cannot be read as a tree. */
export function stripTags(html: string): string {
  return defuseHtml(html, { components: false })
    .replace(/<\/?(?:[abisu]|em|code|span|strong|tt|strike)(?:\s[^<>]*)?>/gi, '')
    .replace(/<[^<>]*>/g, '\n\n')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (all, name: string) => ENTITIES[name] ?? all);
}
