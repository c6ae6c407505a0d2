import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from './event.ts';
import { readEventV1 } from './event-v1.ts';
import { faultsOfChange } from './take-change.ts';

const payload = { summary: 'Disk almost full', source: 'db1', severity: 'warning' };
const trigger = { event_action: 'trigger', dedup_key: 'disk', payload };

describe('an event', () => {
  it('becomes a claim with what its sender attached', () => {
    const read = readEvent(
      {
        ...trigger,
        payload: {
          ...payload,
          component: 'disk',
          custom_details: { free: '3 %', class: 'x', log: 'a\nb', disks: [1] },
          class: 'io',
          timestamp: '2026-11-25T09:00:00Z',
        },
        client: 'Watcher',
        client_url: 'https://watcher.example.com/1',
        links: [{ href: 'https://runbook.example.com', text: 'Runbook' }, { href: 'javascript:alert(1)' }],
        images: [{ src: 'https://graphs.example.com/1.png', alt: 'Free space' }],
      },
      '{}',
    );
    expect(read).toMatchObject({
      ok: true,
      event: {
        act: 'trigger',
        claim: {
          dedupKey: 'disk',
          status: 'firing',
          severity: 'warning',
          title: 'Disk almost full',
          source: 'db1',
          labels: { component: 'disk', source: 'db1', free: '3 %', class: 'io' },
          url: 'https://watcher.example.com/1',
          beganAt: new Date('2026-11-25T09:00:00Z'),
          evidence: {
            details: { free: '3 %', log: 'a\nb' },
            client: 'Watcher',
            links: [{ href: 'https://runbook.example.com', text: 'Runbook' }],
            images: [{ href: 'https://graphs.example.com/1.png', text: 'Free space' }],
          },
        },
      },
    });
  });

  it('gets a key of its own when a trigger names none', () => {
    const keys = [1, 2].map(() => {
      const read = readEvent({ event_action: 'trigger', payload }, '{}');
      return read.ok ? read.event.dedupKey : '';
    });
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it.each([
    [{}, ["'event_action' is missing or blank"]],
    [
      { event_action: 'explode' },
      ["'event_action' is invalid (must be one of: 'trigger', 'acknowledge' or 'resolve')"],
    ],
    [{ event_action: 'resolve' }, ["'dedup_key' is missing or blank"]],
    [{ event_action: 'acknowledge', dedup_key: ' ' }, ["'dedup_key' is missing or blank"]],
    [{ event_action: 'trigger' }, ["'payload' is missing or blank"]],
    [{ event_action: 'trigger', payload: [] }, ["'payload' is invalid (must be an object)"]],
    [
      { event_action: 'trigger', payload: { severity: 'fatal' } },
      [
        "'payload.summary' is missing or blank",
        "'payload.source' is missing or blank",
        "'payload.severity' is invalid (must be one of: 'critical', 'warning', 'error' or 'info')",
      ],
    ],
  ])('%j is refused with the reasons', (body, errors) => {
    expect(readEvent(body, '{}')).toEqual({ ok: false, errors });
  });

  it('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('event_action', 'dedup_key', 'payload', 'links'), fc.jsonValue()),
        (body) => {
          const read = readEvent(body, '{}');
          expect(read.ok || read.errors.length > 0).toBe(true);
        },
      ),
    );
  });
});

describe('an event of the first version', () => {
  it('is an error with its description', () => {
    const body = {
      event_type: 'trigger',
      incident_key: 'disk',
      description: 'Disk almost full',
      details: { free: '3 %' },
      contexts: [{ type: 'link', href: 'https://runbook.example.com' }],
    };
    expect(readEventV1(body, '{}')).toMatchObject({
      ok: true,
      event: {
        dedupKey: 'disk',
        claim: { severity: 'error', title: 'Disk almost full', url: 'https://runbook.example.com' },
      },
    });
  });

  it('is refused without what it needs', () => {
    expect(readEventV1({ event_type: 'trigger' }, '{}')).toMatchObject({ ok: false });
    expect(readEventV1({ event_type: 'resolve' }, '{}')).toMatchObject({ ok: false });
    expect(readEventV1({ description: 'x' }, '{}')).toMatchObject({ ok: false });
  });
});

describe('a change', () => {
  it('needs a summary only', () => {
    expect(faultsOfChange({ payload: { summary: 'Deployed' } })).toEqual([]);
    expect(faultsOfChange({ payload: {} })).toEqual(["'payload.summary' is missing or blank"]);
    expect(faultsOfChange({})).toEqual(["'payload' is missing or blank"]);
  });
});
