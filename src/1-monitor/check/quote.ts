const SHOWN_LENGTH = 120;

/** What came, as a sentence shows it. */
export function quote(text: string): string {
  return text.length > SHOWN_LENGTH ? `"${text.slice(0, SHOWN_LENGTH)}…"` : `"${text}"`;
}
