import { describe, expect, it } from 'vitest';
import { MAPPING_PRESETS, mapping } from '#detect/contract';
import { draftOf, EMPTY_DRAFT, fieldOfFault, mappingOf } from './mapping-draft.ts';

describe('the fields of a mapping', () => {
  it.each(MAPPING_PRESETS.map((preset) => [preset.name, preset.mapping] as const))('keep all of %s', (_, preset) => {
    expect(mapping.parse(mappingOf(draftOf(preset)))).toEqual(mapping.parse(preset));
  });

  it('leave out what is empty', () => {
    expect(mappingOf({ ...EMPTY_DRAFT, title: 'a' })).toEqual({ title: 'a', labels: {} });
  });

  it('take tables by lines and lists by commas', () => {
    const draft = {
      ...EMPTY_DRAFT,
      title: 'a',
      labels: 'x = "a=b"\n\nbroken',
      statusFrom: 's',
      resolved: 'ok, , fine',
    };
    expect(mappingOf(draft)).toMatchObject({
      labels: { x: '"a=b"', broken: '' },
      status: { resolved: ['ok', 'fine'] },
    });
  });

  it.each([
    ['body.mapping.title', 'title'],
    ['body.mapping.status.from', 'statusFrom'],
    ['body.mapping.status.resolved.0', 'resolved'],
    ['body.mapping.severity.values.red', 'severityValues'],
    ['body.mapping.labels.x', 'labels'],
    ['body.payload', undefined],
  ])('know that %s is %s', (path, field) => expect(fieldOfFault(path)).toBe(field));
});
