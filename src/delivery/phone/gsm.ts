/** The basic alphabet of SMS (3GPP TS 23.038), one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension, two septets each. */
const EXTENDED = new Set('^{}\\[~]|€\f');

/** How long a text may be in one message and, joined from several, in each of them. */
const GSM = { single: 160, joined: 153 } as const;
const UNICODE = { single: 70, joined: 67 } as const;

/** How many messages a text becomes on its way. */
export function segmentsOf(text: string): number {
  const septets = septetsOf(text);
  const [size, { single, joined }] = septets === null ? [text.length, UNICODE] : [septets, GSM];
  return size <= single ? 1 : Math.ceil(size / joined);
}

/** Null when a character is not in the alphabet: then the whole text travels in UTF-16. */
function septetsOf(text: string): number | null {
  let septets = 0;
  for (const character of text) {
    if (BASIC.has(character)) septets += 1;
    else if (EXTENDED.has(character)) septets += 2;
    else return null;
  }
  return septets;
}

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00b7\u2022]/g, '-'],
  [/[\u00a0\u2007\u2009\u202f\t]/g, ' '],
  [/\u2192/g, '->'],
  [/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, ''],
];

/** Typographic characters by plain ones, which double the room that a message has. */
export function plainText(text: string): string {
  return PLAIN.reduce((plain, [pattern, by]) => plain.replace(pattern, by), text.toWellFormed());
}
