import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { waitFor } from '#test/harness/wait-for.ts';
import { openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { tellStory } from './harness/chapter.ts';
import { type House, openHouse } from './harness/house.ts';

const OWNER = { name: 'Ada Okafor', email: 'ada@example.com', password: 'correct horse battery' };
const WATCH_SECONDS = '10 s';

describe('one outage, from the first visit to the last action item, by mouse', () => {
  const chapter = tellStory(() => ada);
  let house: House;
  let browser: Browser;
  let ada: Visitor;
  let page: Page;

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(inject('dashboardDir')), openBrowser()]);
    ada = await visit(browser, house.url);
    page = ada.page;
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const field = (name: string | RegExp) => page.getByRole('textbox', { name });
  const heading = (name: string | RegExp) => page.getByRole('heading', { name });
  const place = (name: string) =>
    page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name });
  const dialog = () => page.getByRole('dialog');
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor();

  chapter('the first visit asks who runs it, and leads to the one next step', async () => {
    await page.goto('/');
    await heading('Welcome. Who runs this Allclear?').waitFor();
    await field('Your name').fill(OWNER.name);
    await field('Email').fill(OWNER.email);
    await field('Password').fill(OWNER.password);
    await field('Workspace').fill('Acme');
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Berlin');
    await button('Create workspace').click();
    await says('What should Allclear watch?');
  });

  chapter('until a contact method is proved every screen says so; then the words go away', async () => {
    await says('You cannot be paged yet.');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await says('You cannot be paged yet.');
    await field('Server').fill('127.0.0.1');
    await page.getByRole('combobox', { name: 'Encryption' }).selectOption('none');
    await field('Port').fill(String(house.mail.port));
    await field('Sender').fill('Acme alerts <alerts@example.com>');
    await button('Save').click();
    await says('Mail server saved; send a test to be sure');
    await button('Send test').click();
    await waitFor('the test mail', () => house.mail.to(OWNER.email).length === 1);

    await page.getByRole('link', { name: 'Mend it' }).click();
    await heading('How you are paged').waitFor();
    await button('Send the code again').click();
    const code = await waitFor('a code', () =>
      house.mail
        .to(OWNER.email)
        .map(({ text }) => /\b\d{6}\b/.exec(text)?.[0])
        .find(Boolean),
    );
    await field('The code that arrived').fill(code);
    await button('Verify').click();
    await says('Verified: pages can reach you there');
    await page.getByText('You cannot be paged yet.').waitFor({ state: 'detached' });
  });

  chapter(
    'one pasted address is a monitor, a service and a component, with its first result in two seconds',
    async () => {
      await place('Monitors').click();
      await button(/^Add a monitor/).click();
      await field('Address').fill(house.target.url);
      await dialog().getByText('Name and interval').click();
      await field('Name').fill('checkout');
      await page.getByRole('combobox', { name: 'Check every' }).selectOption({ label: WATCH_SECONDS });
      await dialog().getByRole('button', { name: 'Add', exact: true }).click();
      await says('This is a private address.');
      const asked = performance.now();
      await button(/^Allow 127\.0\.0\.0\/8 and add/).click();
      await heading('checkout').waitFor();
      await says('status 200');
      expect(performance.now() - asked).toBeLessThan(2_000);
      await says(/first byte/i);
    },
  );

  chapter('the target breaks: an alert with its evidence, and a mail whose button acknowledges', async () => {
    house.target.setStatus(503);
    const mail = await waitFor(
      'the page',
      () => house.mail.to(OWNER.email).find(({ text }) => /\/p\//.test(text)),
      15_000,
    );
    expect(mail.subject).toContain('checkout');
    const phone = await visit(browser, house.url, { viewport: PHONE });
    await phone.page.goto(mail.links.find((link) => link.includes('/p/')) ?? '');
    await phone.page.getByText('got 503').first().waitFor();
    await place('Alerts').click();
    await page.getByRole('link', { name: /checkout/ }).click();
    await says('got 503');
    await phone.page.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await phone.page.getByText(/You acknowledged it/).waitFor();
    await says('Acknowledged');
    expect(phone.faults.unexpected).toEqual([]);
    await phone.leave();
  });
});
