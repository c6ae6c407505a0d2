import { describe, expect, test } from 'vitest';
import { jsonDocuments } from './json-v2.ts';
import { sampleComponent, sampleIncident, samplePage, samplePast } from './sample-page.ts';

const page = samplePage({
  components: [
    sampleComponent('cmp_checkout', 'Checkout', 'partial_outage', { description: 'Europe' }),
    sampleComponent('cmp_search', 'Search', 'unknown', { confirmedStatus: 'operational' }),
  ],
  activeIncidents: [sampleIncident()],
  pastIncidents: [samplePast('inc_old', 'Slow search', '2026-11-21T09:10:00.000Z', 18)],
  postmortems: [
    {
      incidentId: 'inc_old',
      title: 'Slow search',
      publishedAt: '2026-11-22T09:00:00.000Z',
      body: '# Why\n\nA **queue**.',
    },
  ],
});

type Json = { [key: string]: Json | Json[] | string | number | boolean | null };
const documents = new Map(
  [...jsonDocuments(page)].map(([name, value]) => [name, JSON.parse(JSON.stringify(value)) as Json]),
);
const at = (name: string) => {
  const document = documents.get(name);
  if (!document) throw new Error(`no ${name}`);
  return document;
};
const first = (value: Json[string] | undefined): Json => {
  const [item] = Array.isArray(value) ? value : [];
  if (!item) throw new Error('empty list');
  return item;
};
const keys = (value: Json[string] | undefined) => Object.keys(value as Json);

describe('the Statuspage v2 shapes', () => {
  test.each([
    ['summary.json', ['page', 'components', 'incidents', 'scheduled_maintenances', 'status']],
    ['status.json', ['page', 'status']],
    ['components.json', ['page', 'components']],
    ['incidents.json', ['page', 'incidents']],
    ['incidents/unresolved.json', ['page', 'incidents']],
    ['scheduled-maintenances.json', ['page', 'scheduled_maintenances']],
    ['scheduled-maintenances/upcoming.json', ['page', 'scheduled_maintenances']],
    ['scheduled-maintenances/active.json', ['page', 'scheduled_maintenances']],
  ])('%s has the top-level keys %j', (name, expected) => {
    expect(keys(at(name))).toEqual(expected);
  });
  test('those are all the documents', () => {
    expect(documents.size).toBe(8);
  });
  test('page, status and component have every key', () => {
    const summary = at('summary.json');
    expect(keys(summary['page'])).toEqual(['id', 'name', 'url', 'time_zone', 'updated_at']);
    expect(keys(summary['status'])).toEqual(['indicator', 'description']);
    expect(keys(first(summary['components'])).toSorted()).toEqual(
      [
        'id',
        'name',
        'status',
        'created_at',
        'updated_at',
        'position',
        'description',
        'showcase',
        'start_date',
        'group_id',
        'page_id',
        'group',
        'only_show_if_degraded',
      ].toSorted(),
    );
  });
  test('incident and update have every key, updates newest first', () => {
    const incident = first(at('incidents/unresolved.json')['incidents']);
    for (const key of [
      'id',
      'name',
      'status',
      'created_at',
      'updated_at',
      'monitoring_at',
      'resolved_at',
      'impact',
      'shortlink',

      'started_at',
      'page_id',
      'incident_updates',
      'components',
      'reminder_intervals',
      'postmortem_body',
      'postmortem_published_at',
    ]) {
      expect(incident).toHaveProperty(key);
    }
    const update = first(incident['incident_updates']);
    expect(keys(update).toSorted()).toEqual(
      [
        'id',
        'status',
        'body',
        'incident_id',
        'created_at',
        'updated_at',
        'display_at',
        'affected_components',
        'deliver_notifications',
        'custom_tweet',
        'tweet_id',
      ].toSorted(),
    );
    expect(update['id']).toBe('upd_2');
    const [, older] = incident['incident_updates'] as Json[];
    expect(older?.['affected_components']).toEqual([
      { code: 'cmp_checkout', name: 'Checkout', old_status: 'operational', new_status: 'partial_outage' },
    ]);
    expect(older?.['body']).not.toContain('*');
  });
  test('times carry milliseconds and Z', () => {
    const incident = first(at('incidents.json')['incidents']);
    for (const key of ['created_at', 'updated_at', 'started_at']) {
      expect(incident[key]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });
  test('all incidents include resolved ones, unresolved ones do not; a published postmortem shows', () => {
    expect(at('incidents.json')['incidents']).toHaveLength(2);
    expect(at('incidents/unresolved.json')['incidents']).toHaveLength(1);
    const [, old] = at('incidents.json')['incidents'] as Json[];
    expect(old).toMatchObject({ status: 'postmortem', postmortem_body: 'Why\n\nA queue.' });
  });
});

describe('what we cannot see', () => {
  test('keeps the last confirmed status, with the truth in words', () => {
    const [, search] = at('components.json')['components'] as Json[];
    expect(search?.['status']).toBe('operational');
    expect(search?.['description']).toContain('Unknown since 14:21 UTC');
    expect(at('status.json')['status']).toMatchObject({ indicator: 'major' });
    expect((at('status.json')['status'] as Json)['description']).toContain('Status Unknown for 1 of 2 components');
  });
});

describe('the roll-up', () => {
  test.each([
    ['operational', 'none', 'All Systems Operational'],
    ['degraded_performance', 'minor', 'Partially Degraded Service'],
    ['partial_outage', 'major', 'Partial System Outage'],
    ['major_outage', 'critical', 'Major Service Outage'],
    ['under_maintenance', 'maintenance', 'Service Under Maintenance'],
  ] as const)('of %s is %s', (status, indicator, description) => {
    const documents = jsonDocuments(
      samplePage({ components: [sampleComponent('cmp_1', 'A', status), sampleComponent('cmp_2', 'B')] }),
    );
    expect(documents.get('status.json')).toMatchObject({ status: { indicator, description } });
  });
});
