import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { acceptInvite, createInvite, readSession } from '#access/contract';
import {
  createAbsence,
  createSchedule,
  listCoverRequests,
  listScheduleOverrides,
  type ScheduleOverrideView,
} from '#respond/contract';
import { waitFor } from '#test/harness/wait-for.ts';
import { tellAtADesk } from './harness/at-a-desk.ts';
import { PHONE } from './harness/browser.ts';
import type { Hands } from './harness/hands.ts';
import { OWNER, type OwnedHouse } from './harness/house.ts';

/** A week in which nothing is over and no clock changes, as far as a test knows: the one after next. */
const MONDAY = (() => {
  const day = new Date(Date.now() + 14 * 86_400_000);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
})();
/** A date and time of that week, on the clock of the schedule, which is in UTC. */
const at = (day: number, time = '00:00') =>
  `${new Date(Date.parse(MONDAY) + day * 86_400_000).toISOString().slice(0, 10)}T${time}`;
const instant = (day: number, time?: string) => `${at(day, time)}:00.000Z`;

describe('overrides made and moved by hand in the calendar', () => {
  let house: OwnedHouse;
  let page: Page;
  let by: Hands;
  let scheduleId: string;

  const overrides = async () =>
    (await house.client.call(listScheduleOverrides, { params: { id: scheduleId }, query: {} })).items;
  const becomes = (what: string, expected: Partial<ScheduleOverrideView>[]) =>
    waitFor(what, async () => {
      const items = await overrides();
      return (
        items.length === expected.length &&
        items.every((item, index) =>
          Object.entries(expected[index] ?? {}).every(([name, value]) => Reflect.get(item, name) === value),
        )
      );
    });
  /** Where a part of the week stands on the screen: 1.5 is Tuesday noon. */
  const pointIn = async (track: Locator, day: number) => {
    const box = await track.boundingBox();
    if (!box) throw new Error('no track');
    return { x: box.x + (box.width * day) / 7, y: box.y + box.height / 2 };
  };
  const drag = async (track: Locator, from: number, to: number, shift = 0) => {
    const [begin, end] = [await pointIn(track, from), await pointIn(track, to)];
    await page.mouse.move(begin.x + shift, begin.y);
    await page.mouse.down();
    await page.mouse.move((begin.x + end.x) / 2, begin.y, { steps: 4 });
    await page.mouse.move(end.x + shift, end.y, { steps: 4 });
    await page.mouse.up();
  };

  const chapter = tellAtADesk(async (desk) => {
    ({ house, page, at: by } = desk);
    const { url } = await house.client.call(createInvite, { body: { role: 'member' } });
    const { userId } = await house.client.call(acceptInvite, {
      params: { token: url.split('/').at(-1) ?? '' },
      body: { name: 'Ben Lund', email: 'ben@example.com', password: OWNER.password, timeZone: 'UTC' },
    });
    const made = await house.client.call(createSchedule, {
      body: {
        name: 'Primary',
        timeZone: 'UTC',
        layers: [
          { name: 'Days', beginsAt: '2026-01-05T09:00', rotation: { kind: 'daily' }, turns: [{ userIds: [userId] }] },
        ],
      },
    });
    scheduleId = made.id;
  });

  const final = () => page.locator('[data-track=final]');
  const row = () => page.locator('[data-track=overrides]');
  const openWeek = async () => {
    await page.goto(`/schedules/${scheduleId}?date=${MONDAY}`);
    await page
      .getByRole('group', { name: 'Final' })
      .getByRole('button', { name: /^Ben Lund/ })
      .first()
      .waitFor();
  };

  chapter('drawn over the final row, a stretch stands in the dialog, and Undo takes the override back', async () => {
    await openWeek();
    await drag(final(), 1, 3);
    await by.dialog.waitFor();
    expect(await by.field('From').inputValue()).toBe(at(1));
    expect(await by.field('Until').inputValue()).toBe(at(3));
    await by.field('Reason').fill('Dentist');
    await by.dialog.getByRole('button', { name: 'Override', exact: true }).click();
    await becomes('the override', [{ kind: 'replace', startsAt: instant(1), endsAt: instant(3), reason: 'Dentist' }]);
    await by.button('Undo').click();
    await becomes('no override', []);
  });

  chapter('an edge, and then all of it, is dragged; Undo puts it back', async () => {
    await drag(final(), 1, 3);
    await by.dialog.getByRole('button', { name: 'Override', exact: true }).click();
    await becomes('the override', [{ startsAt: instant(1), endsAt: instant(3) }]);
    await row().getByRole('button').waitFor();
    await drag(row(), 3, 4.5, -4);
    await becomes('a later end', [{ startsAt: instant(1), endsAt: instant(4, '12:00') }]);
    // What made the override is still said, and can be undone, too.
    const moved = page.locator('[aria-live=polite] > div').filter({ hasText: '12:00' });
    await moved.getByRole('button', { name: 'Undo' }).click();
    await becomes('the end before', [{ startsAt: instant(1), endsAt: instant(3) }]);
    await drag(row(), 2, 4);
    await becomes('it elsewhere', [{ startsAt: instant(3), endsAt: instant(5) }]);
    await row()
      .getByRole('button', { name: /for everybody/ })
      .waitFor();
  });

  chapter('by keyboard: arrows reach a shift, Enter says what it is, and it is overridden from there', async () => {
    await openWeek();
    await row().getByRole('button').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await by.dialog.getByText('A turn of the layer').waitFor();
    await by.button('Override this').click();
    await by.dialog.getByText('In the place of').waitFor();
    await page.keyboard.press('Escape');
    await by.dialog.waitFor({ state: 'detached' });
    await row().getByRole('button').focus();
    await page.keyboard.press('Enter');
    await by.button('Change its times').click();
    await by.field('Until').fill(at(6, '18:30'));
    await by.button('Change').click();
    await becomes('another end', [{ startsAt: instant(3), endsAt: instant(6, '18:30') }]);
  });

  chapter('with a finger: a stretch is drawn in the final row', async () => {
    await openWeek();
    const touch = await page.context().newCDPSession(page);
    const [begin, end] = [await pointIn(final(), 0), await pointIn(final(), 1)];
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await send('touchStart', [{ x: begin.x + 2, y: begin.y }]);
    for (const share of [0.25, 0.5, 0.75, 1])
      await send('touchMove', [{ x: begin.x + (end.x - begin.x) * share, y: begin.y }]);
    await send('touchEnd', []);
    await by.dialog.waitFor();
    expect([await by.field('From').inputValue(), await by.field('Until').inputValue()]).toEqual([at(0), at(1)]);
    await page.keyboard.press('Escape');
    await by.dialog.waitFor({ state: 'detached' });
  });

  chapter('what is over is not changed, and it says so', async () => {
    const before = new Date(Date.now() - 14 * 86_400_000).toISOString().slice(0, 10);
    await page.goto(`/schedules/${scheduleId}?date=${before}`);
    await page.getByRole('group', { name: 'Final' }).waitFor();
    await drag(final(), 1, 3);
    await by.sees(/the past never changes/);
    expect(await by.dialog.count()).toBe(0);
  });

  chapter('who is away asks for cover of the shift that nobody has, and the dialog knows it', async () => {
    const { user } = await house.client.call(readSession, {});
    const second = await house.client.call(createSchedule, {
      body: {
        name: 'Second',
        timeZone: 'UTC',
        layers: [
          { name: 'All', beginsAt: '2026-01-05T00:00', rotation: { kind: 'daily' }, turns: [{ userIds: [user.id] }] },
        ],
      },
    });
    await house.client.call(createAbsence, { body: { startsAt: instant(1), endsAt: instant(2) } });
    await page.goto('/schedules');
    await page.getByText(/^Nobody is on call by Second/).waitFor();
    await page.getByRole('listitem').getByRole('button', { name: 'Ask for cover' }).click();
    await by.dialog.getByText('In Second.').waitFor();
    const written = [await by.field('From').inputValue(), await by.field('Until').inputValue()];
    const read = (texts: string[]) => texts.map((text) => new Date(text).toISOString());
    // On the clock of the browser, whichever that is.
    expect(await page.evaluate(read, written)).toEqual([instant(1), instant(2)]);
    await by.button('Ask').click();
    await by.dialog.waitFor({ state: 'detached' });
    const { items } = await house.client.call(listCoverRequests, { query: { scheduleId: second.id } });
    expect(items).toMatchObject([{ startsAt: instant(1), endsAt: instant(2), askedUserId: null, state: 'open' }]);
  });

  chapter('on a phone the week is a list by day', async () => {
    await page.setViewportSize(PHONE);
    await openList();
    await page
      .getByRole('button', { name: /all day.*by an override/ })
      .first()
      .click();
    await by.dialog.getByText('An override').waitFor();
  });

  async function openList() {
    await page.goto(`/schedules/${scheduleId}?date=${MONDAY}`);
    await page.getByRole('heading', { level: 3 }).first().waitFor();
    expect(await final().count()).toBe(0);
  }
});
