/** What a guide in Markdown says first below a heading, and the first script there; undefined when it has none. */
export function guideOf(markdown: string, heading: string): { lead: string; script: string } | undefined {
  const [, chapter] = markdown.split(`\n## ${heading}\n`);
  const [lead, , script] = chapter?.split(/\n## /)[0]?.split(/^```(\w*)\n/m, 3) ?? [];
  if (lead === undefined || script === undefined) return undefined;
  return { lead: lead.trim().replaceAll('`', '').replaceAll('\n', ' '), script: script.trimEnd() };
}
