import { invalid } from '#kernel/errors.ts';
import type { ImportTool } from './contract.ts';
import type { ImportDraft } from './draft.ts';
import { readGrafana } from './grafana.ts';
import { readOpsgenie } from './opsgenie.ts';
import { readPagerDuty } from './pagerduty.ts';

const MARKS: Readonly<Record<ImportTool, RegExp>> = {
  pagerduty: /"(escalation_policies|schedule_layers|escalation_rules)":/,
  opsgenie: /"(escalations|rotations|fullName|timezone)":/,
  'grafana-oncall': /"(on_call_shifts|escalation_chains|escalation_chain_id)":/,
};

const READERS: Readonly<Record<ImportTool, (document: unknown, nowMs: number) => ImportDraft>> = {
  pagerduty: readPagerDuty,
  opsgenie: readOpsgenie,
  'grafana-oncall': readGrafana,
};

/** What an export says; the tool is told by what only its API has. Refuses what is malformed or empty, by its path. */
export function readDocument(document: unknown, tool: ImportTool | undefined, nowMs: number): ImportDraft {
  const draft = READERS[tool ?? detectTool(document)](document, nowMs);
  const { people, teams, schedules, policies, services, heartbeats } = draft;
  if ([people, teams, schedules, policies, services, heartbeats].every(({ length }) => length === 0))
    throw invalid(
      'body.document',
      'has none of the lists that an export has; docs/moving-in.md says how to collect it',
    );
  return draft;
}

function detectTool(document: unknown): ImportTool {
  const text = JSON.stringify(document);
  const found = (['grafana-oncall', 'pagerduty', 'opsgenie'] as const).find((tool) => MARKS[tool].test(text));
  if (!found) throw invalid('body.tool', 'cannot be told from the document; say which tool it comes from');
  return found;
}
