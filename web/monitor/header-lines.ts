/** `Name: value` lines as a record; nothing when a line is not one. */
export function headersFromLines(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon < 1 || name === '') return undefined;
    headers[name] = line.slice(colon + 1).trim();
  }
  return headers;
}
