import { describe, expect, it } from 'vitest';
import { graver, isGraver, isUndeclared, mayAcknowledge, mayDismiss, pagesAtOnce } from './alert.ts';

describe('an alert', () => {
  it.each([
    ['info', 'warning'],
    ['warning', 'error'],
    ['error', 'critical'],
  ] as const)('%s is less grave than %s', (less, more) => {
    expect(graver(less, more)).toBe(more);
    expect(graver(more, less)).toBe(more);
    expect(isGraver(more, less)).toBe(true);
    expect(isGraver(less, more)).toBe(false);
    expect(isGraver(less, less)).toBe(false);
  });

  it('pages at once when it is critical or an error', () => {
    expect((['critical', 'error', 'warning', 'info'] as const).map(pagesAtOnce)).toEqual([true, true, false, false]);
  });

  it('can be acknowledged while it is open, again without effect, and not once it is closed', () => {
    expect(mayAcknowledge({ state: 'open', closeReason: null })).toEqual({ ok: true, changes: true });
    expect(mayAcknowledge({ state: 'acknowledged', closeReason: null })).toEqual({ ok: true, changes: false });
    expect(mayAcknowledge({ state: 'closed', closeReason: 'recovered' })).toMatchObject({ ok: false });
  });

  it('that belongs to an incident is not dismissed by itself', () => {
    expect(mayDismiss({ state: 'open', incidentId: 'inc_1', disposition: 'declared' })).toMatchObject({ ok: false });
    expect(mayDismiss({ state: 'open', incidentId: null, disposition: null })).toEqual({ ok: true, changes: true });
  });

  it('is undeclared while it is critical, not closed, and nobody has decided', () => {
    const undeclared = {
      state: 'acknowledged',
      severity: 'critical',
      incidentId: null,
      disposition: null,
      quiet: null,
    } as const;
    expect(isUndeclared(undeclared)).toBe(true);
    expect(isUndeclared({ ...undeclared, severity: 'error' })).toBe(false);
    expect(isUndeclared({ ...undeclared, state: 'closed' })).toBe(false);
    expect(isUndeclared({ ...undeclared, disposition: 'dismissed' })).toBe(false);
    expect(isUndeclared({ ...undeclared, incidentId: 'inc_1' })).toBe(false);
    expect(isUndeclared({ ...undeclared, quiet: 'muted' })).toBe(false);
    expect(isUndeclared({ ...undeclared, quiet: 'held' })).toBe(true);
  });
});
