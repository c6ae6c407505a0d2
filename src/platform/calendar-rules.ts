/**
 * The rules by which the entries of an iCalendar text repeat, each on one line. What searches foreign text must take time in
 * proportion to it, however many line ends, folds and beginnings of rules somebody put there.
 */
export function calendarRules(text: string): string[] {
  return text
    .replaceAll('\r', '')
    .replaceAll(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => /^RRULE/i.test(line));
}
