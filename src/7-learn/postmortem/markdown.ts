import type { Fact } from './contract.ts';
import { SECTIONS, type Sections } from './section.ts';

export type MarkdownInput = {
  readonly reference: string;
  readonly title: string;
  readonly severity: string;
  readonly sections: Sections;
  readonly facts: readonly Fact[];
  readonly actionItems: readonly {
    readonly title: string;
    readonly doneWhen: string;
    readonly owner: string;
    readonly dueOn: string;
    readonly state: string;
  }[];
};

/** One Markdown document of a whole postmortem. */
export function toMarkdown(input: MarkdownInput): string {
  const facts = input.facts.map((fact) => `| ${fact.label} | ${fact.text.replaceAll('|', '\\|')} |`);
  const items = input.actionItems.map(
    (item) =>
      `- [${item.state === 'done' ? 'x' : ' '}] ${item.title} (${item.owner}, due ${item.dueOn}${item.state === 'waived' ? ', waived' : ''}). Done when: ${item.doneWhen}`,
  );
  return [
    `# ${input.reference}: ${input.title}`,
    `Severity: ${input.severity}`,
    ['| Fact | Value |', '| --- | --- |', ...facts].join('\n'),
    ...SECTIONS.map(({ key, title }) => `## ${title}\n\n${input.sections[key].trim() || '_Not written._'}`),
    `## Action items\n\n${items.join('\n') || '_None._'}`,
    '',
  ].join('\n\n');
}
