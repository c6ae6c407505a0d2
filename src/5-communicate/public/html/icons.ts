import type { ComponentStatus } from '../page.ts';
import { STATUS_CLASS, STATUS_LABEL } from '../status.ts';
import { markup, trusted, type Markup } from './markup.ts';

/** Shapes differ as well as colours, so that a state can be told apart without seeing colour. */
const SHAPES = {
  ok: '<path d="m2.5 8.5 3.5 3.5 7.5-8" fill="none" stroke="currentColor" stroke-width="2.2"/>',
  un: '<path d="M8 1.5a6.5 6.5 0 1 0 0 13z"/><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.4"/>',
  mt: '<path d="M8 1.2 14.8 8 8 14.8 1.2 8z" fill="none" stroke="currentColor" stroke-width="2"/>',
  dg: '<path d="M1.5 9.5h13v-3h-13z"/>',
  po: '<path d="M8 1.5 15.5 14.5h-15z"/>',
  mo: '<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"/>',
} as const;

/** Defines the shapes once a page; `statusIcon` uses them. */
export const ICON_SHEET = trusted(
  `<svg class="hide" aria-hidden="true" width="0" height="0">${Object.entries(SHAPES)
    .map(([name, shape]) => `<symbol id="i-${name}" viewBox="0 0 16 16" fill="currentColor">${shape}</symbol>`)
    .join('')}</svg>`,
);

export function statusIcon(status: ComponentStatus): Markup {
  return trusted(`<svg class=i aria-hidden=true><use href="#i-${STATUS_CLASS[status]}"/></svg>`);
}

/** Icon, word and colour. */
export function statusLabel(status: ComponentStatus, suffix = ''): Markup {
  return markup`<span class="s t-${STATUS_CLASS[status]}">${statusIcon(status)}${STATUS_LABEL[status]}${suffix}</span>`;
}

const FAVICON_COLOUR = {
  operational: '2b8a3e',
  unknown: '8a867e',
  under_maintenance: '3a56d4',
  degraded_performance: 'b7791f',
  partial_outage: 'd9480f',
  major_outage: 'c92a2a',
} as const satisfies Record<ComponentStatus, string>;

/** A tab shows the state too. */
export function faviconAddress(status: ComponentStatus): string {
  const shape = SHAPES[STATUS_CLASS[status]]
    .replaceAll('currentColor', 'white')
    .replaceAll('"', "'")
    .replaceAll('#', '%23');
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='-8 -8 32 32' fill='white'><circle cx='8' cy='8' r='16' fill='%23${FAVICON_COLOUR[status]}'/>${shape}</svg>`;
}
