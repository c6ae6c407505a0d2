import type { ImportItemView, ImportTool } from '#respond/contract';
import type { Tone } from '../ui/badge.tsx';
import type { GlyphName } from '../ui/glyph.tsx';

export const TOOL_NAMES: Readonly<Record<ImportTool, string>> = {
  opsgenie: 'Opsgenie',
  pagerduty: 'PagerDuty',
  'grafana-oncall': 'Grafana OnCall',
};

export const KIND_NAMES: Readonly<Record<ImportItemView['kind'], string>> = {
  person: 'Person',
  team: 'Team',
  schedule: 'Schedule',
  override: 'Override',
  policy: 'Escalation policy',
  service: 'Service',
  heartbeat: 'Heartbeat',
};

type Word = { readonly tone: Tone; readonly glyph: GlyphName; readonly planned: string; readonly applied: string };

/** What becomes of a thing, before the plan is carried out and after. */
export const ACTION_WORDS: Readonly<Record<ImportItemView['action'], Word>> = {
  create: { tone: 'ok', glyph: 'dot', planned: 'will be made', applied: 'made' },
  match: { tone: 'accent', glyph: 'check', planned: 'is here', applied: 'was here' },
  present: { tone: 'neutral', glyph: 'check', planned: 'imported before', applied: 'imported before' },
  skip: { tone: 'warn', glyph: 'ring', planned: 'stays behind', applied: 'stayed behind' },
};
