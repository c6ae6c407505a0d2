/** Backslashes, commas, semicolons and line breaks mean something in a card (RFC 2426 §4). */
const escape = (text: string) => text.replace(/[\\,;]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');

/** A card with our numbers, version 3.0 because every telephone reads that. */
export function vcardOf(name: string, numbers: readonly string[]): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escape(name)}`,
    `N:;${escape(name)};;;`,
    `ORG:${escape(name)}`,
    ...numbers.map((number) => `TEL;TYPE=CELL,VOICE:${number}`),
    'NOTE:Pages come from these numbers. Let this contact through when the telephone is silent.',
    'END:VCARD',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
