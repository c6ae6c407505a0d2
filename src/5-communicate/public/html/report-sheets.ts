import { layout, type View } from './layout.ts';
import { markup, NOTHING, type Markup } from './markup.ts';
import { backLink } from './sheets.ts';

export type ReportForm = {
  /** The signed time of showing it. */
  readonly stamp: string;
  readonly words?: string;
  readonly component?: string;
  readonly email?: string;
  readonly problem?: string;
};

/** Where a visitor says what does not work. Posts and works without a script. */
export function reportSheet(view: View, form: ReportForm): string {
  const { links } = view;
  const problem = form.problem ? markup`<p class="note bad" id="problem" role="alert">${form.problem}</p>` : NOTHING;
  const main = markup`<h1>Report a problem</h1><p>Tell us what does not work for you. What we find out stands on the status page.</p>${problem}
<form method="post" action="${links.act('report')}"><input type="hidden" name="stamp" value="${form.stamp}"><label for="words">What is wrong?</label><textarea id="words" name="words" rows="5" required maxlength="2000" dir="auto"${form.problem ? markup` aria-describedby="problem"` : NOTHING}>${form.words ?? ''}</textarea>${componentChoice(view, form.component ?? '')}<label for="email">Email address, if we may ask back <span class="d">(optional)</span></label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" value="${form.email ?? ''}"><div class="hide" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div><p><button>Send the report</button></p></form>${backLink(view)}`;
  return layout(view, { title: 'Report a problem', description: 'Say what does not work', main, live: false });
}

/** The answer to every report that was taken in. */
export function reportSentSheet(view: View): string {
  return layout(view, {
    title: 'Thank you',
    description: 'Your report was received',
    main: markup`<h1>Thank you</h1><p>Your report is with the people who look after ${view.page.name}. What they find out stands on the status page.</p>${backLink(view)}`,
    live: false,
    hidden: true,
  });
}

function componentChoice({ page }: View, chosen: string): Markup {
  if (page.components.length === 0) return NOTHING;
  const options = page.components.map(
    ({ id, name }) => markup`<option value="${id}"${id === chosen ? markup` selected` : NOTHING}>${name}</option>`,
  );
  return markup`<label for="component">What is it about? <span class="d">(optional)</span></label><select id="component" name="component"><option value="">I do not know</option>${options}</select>`;
}
