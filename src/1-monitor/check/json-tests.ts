/** How the values that a JSONPath leads to may be tested. */
export const JSON_TESTS = [
  'exists',
  'not-exists',
  'equals',
  'not-equals',
  'contains',
  'matches',
  'less',
  'greater',
  'count-less',
  'count-greater',
] as const;
export type JsonTest = (typeof JSON_TESTS)[number];
