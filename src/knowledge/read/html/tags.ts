const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Left out with everything in them: nobody reads them, or they are controls. */
export const DROPPED = words(
  'script style rp svg math object iframe noscript noembed noframes button select textarea canvas audio video datalist template',
);

/** Of those, the ones that swallow the rest of the document when they are not closed. */
export const RAW = words('script style iframe noscript noembed noframes textarea');

/** The tag is left out, what it holds stays. */
export const UNWRAPPED = words(
  'base embed param source track area input wbr plaintext frameset frame font nobr big small ruby rb rt rtc',
);

/** Elements without an end. */
export const VOID = words('br hr img meta link col');

/** Elements that the parser ends by itself when the next of their kind begins: they do not nest. */
export const IMPLIED_END = words('p li dt dd tr td th tbody thead tfoot colgroup caption html head body');

/** Elements that the parser opens again in every following block as long as they are not closed. */
export const FORMATTING = words('a b code em i s strike strong tt u');

/** Elements that may stand in a line of text: they do not end what is open in it. */
export const INLINE = words(
  'a abbr acronym b bdi bdo br cite code data del dfn em i img ins kbd label mark q s samp span strike strong sub sup time tt u var',
);
