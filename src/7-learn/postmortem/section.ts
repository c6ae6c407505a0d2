/** The sections of a postmortem, in order, each with the question that helps to write it. */
export const SECTIONS = [
  { key: 'summary', title: 'Summary', prompt: 'One paragraph: what broke, for how long, who was affected.' },
  {
    key: 'timeline',
    title: 'Timeline',
    prompt: 'Minute by minute, from the record. Correct what the record cannot know.',
  },
  {
    key: 'root-cause',
    title: 'Root cause',
    prompt: 'How did it come about, technically, and how did our way of working let it?',
  },
  {
    key: 'contributing-factors',
    title: 'Contributing factors',
    prompt: 'What else made it more likely, larger or longer?',
  },
  { key: 'impact', title: 'Impact', prompt: 'Customers, failed requests, revenue, hours of work.' },
  { key: 'went-well', title: 'What went well', prompt: 'What shortened or softened this, and how do we keep it?' },
  {
    key: 'went-badly',
    title: 'What did not go well',
    prompt: 'Where did the process or the tools leave people alone?',
  },
  {
    key: 'lucky',
    title: 'Where we got lucky',
    prompt: 'What would have made this much worse, and did not happen only by chance?',
  },
] as const;

export type SectionKey = (typeof SECTIONS)[number]['key'];

/** Markdown by section; a section that nobody wrote is the empty string. */
export type Sections = Readonly<Record<SectionKey, string>>;

export const SECTION_KEYS = SECTIONS.map((section) => section.key) as readonly SectionKey[];

export const EMPTY_SECTIONS = Object.fromEntries(SECTION_KEYS.map((key) => [key, ''])) as Sections;

/** Sections that must hold words before a review can start. */
const REQUIRED: readonly SectionKey[] = ['summary', 'root-cause', 'impact'];

/** The titles of required sections that are still empty. */
export function missingSections(sections: Sections): string[] {
  return SECTIONS.filter(({ key }) => REQUIRED.includes(key) && sections[key].trim() === '').map(({ title }) => title);
}
