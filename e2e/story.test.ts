import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { waitFor } from '#test/harness/wait-for.ts';
import { openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { tellStory } from './harness/chapter.ts';
import { type Hands, handsOn } from './harness/hands.ts';
import { promised } from './harness/promised.ts';
import { type House, openHouse } from './harness/house.ts';

const ADA = { name: 'Ada Okafor', email: 'ada@example.com', password: 'correct horse battery' };
const BEN = { name: 'Ben Lund', email: 'ben@example.com', password: 'another long password' };
const CUSTOMER = 'customer@example.org';
const TITLE = 'Checkout fails for all customers';
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('one outage, from the first visit to the last action item, by mouse', () => {
  const chapter = tellStory(() => [ada, ben]);
  let house: House;
  let browser: Browser;
  let ada: Visitor;
  let ben: Visitor;
  let page: Page;
  let at: Hands;

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(inject('dashboardDir')), openBrowser()]);
    [ada, ben] = await Promise.all([visit(browser, house.url), visit(browser, house.url)]);
    page = ada.page;
    at = handsOn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const statusPage = async () => (await fetch(`${house.url}/s/public`)).text();
  const mailTo = (address: string, words: RegExp, ms = 10_000) =>
    waitFor(
      `a mail to ${address} that says ${words}`,
      () => house.mail.to(address).find(({ subject, text }) => words.test(`${subject}\n${text}`)),
      ms,
    );

  chapter('the first visit asks who runs it, and leads to the one next step', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Welcome. Who runs this Allclear?' }).waitFor();
    await at.field('Your name').fill(ADA.name);
    await at.field('Email').fill(ADA.email);
    await at.field('Password').fill(ADA.password);
    await at.field('Workspace').fill('Acme');
    expect(await at.choice('Time zone').inputValue()).toBe('Europe/Berlin');
    await at.button('Create workspace').click();
    await at.sees('What should Allclear watch?');
  });

  chapter('until a contact method is proved every screen says so; then the words go away', async () => {
    await at.sees('You cannot be paged yet.');
    await at.link('Settings').click();
    await at.link('Mail').click();
    await at.sees('You cannot be paged yet.');
    await at.field('Server').fill('127.0.0.1');
    await at.choice('Encryption').selectOption('none');
    await at.field('Port').fill(String(house.mail.port));
    await at.field('Sender').fill('Acme alerts <alerts@example.com>');
    await at.button('Save').click();
    await at.sees('This is a private address.');
    await at.button(/^Allow 127\.0\.0\.0\/8 and save/).click();
    await at.sees('Mail server saved; send a test to be sure');
    await at.button('Send test').click();
    await mailTo(ADA.email, /test/i);

    await at.link('Mend it').click();
    await page.getByRole('heading', { name: 'How you are paged' }).waitFor();
    await at.button('Send a code').click();
    const { text } = await mailTo(ADA.email, /\b\d{6}\b/);
    await at.field('The code that arrived').fill(/\b\d{6}\b/.exec(text)?.[0] ?? '');
    await at.button('Verify').click();
    await at.sees('Verified: pages can reach you there');
    await at.misses('You cannot be paged yet.');
  });

  chapter('a second person comes in by a link', async () => {
    await at.link('People').click();
    await at.button('Invite').click();
    await at.button('Make the link').click();
    const url = await page.getByLabel('Invite link').textContent();
    await at.button('Done').click();
    const guest = handsOn(ben.page);
    await ben.page.goto(url ?? '');
    await ben.page.getByRole('heading', { name: 'Join Acme' }).waitFor();
    await guest.field('Your name').fill(BEN.name);
    await guest.field('Email').fill(BEN.email);
    await guest.field('Password').fill(BEN.password);
    await guest.button('Join').click();
    await ben.page.getByRole('heading', { name: 'Now' }).waitFor();
    await at.sees(BEN.name);
  });

  chapter('one pasted address is a monitor, a service and a component, with a result in two seconds', async () => {
    await at.place('Monitors').click();
    await at.button(/^Add a monitor/).click();
    await at.field('Address').fill(house.target.url);
    await at.dialog.getByText('Name and interval').click();
    await at.field('Name').fill('checkout');
    await at.choice('Check every').selectOption({ label: '10 s' });
    const asked = performance.now();
    await at.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('heading', { name: 'checkout' }).waitFor();
    await at.sees('status 200');
    expect(performance.now() - asked).toBeLessThan(promised(2_000));
    await at.sees(/first byte/);
    await waitFor('the component on the status page', async () => (await statusPage()).includes('checkout'));
  });

  chapter('a customer subscribes, and confirms from the mail', async () => {
    const { page: theirs, faults, leave } = await visit(browser, house.url, { viewport: PHONE });
    const customer = handsOn(theirs);
    await theirs.goto('/s/public');
    await customer.link('Subscribe').click();
    await customer.field('Email address').fill(CUSTOMER);
    await customer.button('Subscribe').click();
    await theirs.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    const { links } = await mailTo(CUSTOMER, /confirm/i);
    await theirs.goto(links.find((link) => link.includes('confirm')) ?? '');
    await customer.button('Yes, send me updates').click();
    await theirs.getByRole('heading', { name: 'You are subscribed' }).waitFor();
    expect(faults).toEqual({ unexpected: [], refusals: [] });
    await leave();
  });

  chapter('the target breaks: an alert with its evidence, and a mail whose button acknowledges', async () => {
    house.target.setStatus(503);
    const mail = await mailTo(ADA.email, /\/p\//, 15_000);
    expect(mail.subject).toContain('checkout');
    const phone = await visit(browser, house.url, { viewport: PHONE });
    await phone.page.goto(mail.links.find((link) => link.includes('/p/')) ?? '');
    await handsOn(phone.page).sees(/got 503/);
    const other = await visit(browser, house.url, { viewport: PHONE });
    await other.page.clock.install();
    await other.page.goto(phone.page.url());
    await at.place('Alerts').click();
    await at.link(/^checkout/).click();
    await at.sees(/got 503/);
    await handsOn(phone.page).button('Acknowledge').click();
    await handsOn(phone.page).sees(/You acknowledged it/);
    await at.sees('Acknowledged');
    await other.page.clock.fastForward(20_000);
    await handsOn(other.page).sees(/You acknowledged it/);
    expect(other.faults).toEqual({ unexpected: [], refusals: [] });
    await other.leave();
    expect(phone.faults).toEqual({ unexpected: [], refusals: [] });
    await phone.leave();
  });

  chapter('one click on the alert declares it, and says before and after what that does', async () => {
    const wrong = at.dialog.getByRole('textbox', { name: 'What is wrong?' });
    await page
      .getByRole('banner')
      .getByRole('button', { name: /^Declare/ })
      .click();
    expect(await wrong.inputValue(), 'the bar above declares what the screen shows').not.toBe('');
    await at.button('Cancel').click();
    await page.getByRole('main').getByRole('button', { name: 'Declare', exact: true }).click();
    await at.sees('Declaring will');
    await wrong.fill(TITLE);
    await at.dialog.getByRole('radio', { name: /SEV2/ }).click();
    await at.dialog.getByRole('button', { name: 'Declare', exact: true }).click();
    await page.getByRole('heading', { name: TITLE }).waitFor();
    await page
      .getByRole('list', { name: 'Effects of the declaration' })
      .getByText(/nobody is paged twice/)
      .waitFor();
    await page.getByRole('button', { name: /^Ada Okafor ?, Incident commander/ }).waitFor();
    expect(house.mail.to(ADA.email).filter(({ text }) => text.includes('/p/')).length).toBe(1);
  });

  chapter('two people work in one room: each sees what the other writes within a second', async () => {
    await at.button('Take the role Communications lead').click();
    await page.getByRole('button', { name: /^Ada Okafor ?, Communications lead/ }).waitFor();
    await ben.page.goto(page.url());
    await ben.page.getByRole('heading', { name: TITLE }).waitFor();
    await handsOn(ben.page).sees('Live');
    const exchange = async (from: Page, to: Page, note: string) => {
      await from.getByRole('textbox', { name: 'Note' }).fill(note);
      await from.getByRole('button', { name: 'Add to the timeline' }).click();
      await to
        .getByRole('list', { name: 'Timeline entries' })
        .getByText(note)
        .waitFor({ timeout: promised(1_000) });
    };
    await exchange(page, ben.page, 'Release 4.18 went out four minutes before.');
    await exchange(ben.page, page, 'Payments has no connections left.');
  });

  chapter('commands, a picture, a task and the board are on the record', async () => {
    const entries = page.getByRole('list', { name: 'Timeline entries' });
    await at.field('Note').fill('/know Every checkout fails since 4.18');
    await at.button('Add to the timeline').click();
    await at.sees('Every checkout fails since 4.18');
    await page
      .getByLabel('Choose a picture')
      .setInputFiles({ name: 'graph.png', mimeType: 'image/png', buffer: PICTURE });
    await entries.getByRole('img').waitFor();
    await page.getByRole('tab', { name: /^Task/ }).click();
    await at.field('Task').fill('Roll payments back to 4.17');
    await at.choice('Who').selectOption({ label: BEN.name });
    await at.button('Add the task').click();
    await page.getByRole('checkbox', { name: 'Roll payments back to 4.17' }).waitFor();
    await at.button('Add to Doing').click();
    await at.field('What are you doing?').fill('Rolling payments back');
    await at.button('Put it on the board').click();
    await page.getByRole('region', { name: 'Board' }).getByText('Rolling payments back').waitFor();
    await handsOn(ben.page).sees('Rolling payments back');
    await ben.page.getByRole('checkbox', { name: 'Roll payments back to 4.17' }).click();
    await at.sees('1 of 1 done');
  });

  chapter('one update reaches the public page within a second, and the subscriber by mail', async () => {
    await page.getByRole('tab', { name: /^Public update/ }).click();
    await at.field('Name on the page').fill(TITLE);
    await at.field('What customers read').waitFor();
    const posted = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/updates'),
    );
    await at.button(/^Post update/).click();
    await posted;
    await waitFor('the update on the public page', async () => (await statusPage()).includes(TITLE), promised(1_000));
    expect(await statusPage()).toMatch(/Next update by/);
    const told = await mailTo(CUSTOMER, new RegExp(TITLE));
    expect(told.headers.get('list')).toHaveProperty('unsubscribe');
    await page
      .getByRole('region', { name: 'Communicate' })
      .getByText(/Next (public )?update/i)
      .waitFor();
  });

  chapter('mitigating while the target is down warns first', async () => {
    await at.button(/^Mark mitigated/).click();
    await at.dialog.getByText(/still open$/).waitFor();
    await at.dialog.getByText(/go on only if people can work again/).waitFor();
    await at.button('Cancel').click();
    await at.dialog.waitFor({ state: 'detached' });
  });

  chapter('the target is mended: recovery is noticed and proposed, and mitigating says so in public', async () => {
    house.target.setStatus(200);
    await page
      .getByText(/recovered/i)
      .first()
      .waitFor({ timeout: 15_000 });
    await at.button(/^Mark mitigated/).click();
    await at.dialog.getByRole('button', { name: 'Mark mitigated', exact: true }).click();
    await at.sees('Service is restored; watching');
    await waitFor('the word in public', async () => /Monitoring/.test(await statusPage()), promised(1_000));
  });

  chapter('resolving posts the last update and turns the page green in one act; then everybody may go', async () => {
    await at.button(/^Resolve/).click();
    await at.dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
    await at.button('Stand down').click();
    await waitFor(
      'a green page',
      async () => (await statusPage()).includes('All systems operational'),
      promised(1_000),
    );
    await mailTo(CUSTOMER, /resolved/i);
    await at.dialog.getByRole('button', { name: 'Stand down', exact: true }).click();
    await at.sees('Stood down. Thank you.');
  });

  chapter('the postmortem is drafted from the record, and edited', async () => {
    await at.button('Postmortem').click();
    await at.link(/^INC-/).waitFor();
    await page.getByRole('complementary', { name: 'Evidence' }).getByText('Time to detect').waitFor();
    const write = async (section: string, text: string) => {
      await at.button(new RegExp(`^(Edit|Write) ${section}`)).click();
      await page.getByRole('region', { name: section }).getByRole('textbox').fill(text);
      await at.button(`Save ${section.toLowerCase()}`).click();
      await page.getByRole('region', { name: section }).getByRole('paragraph').getByText(text).waitFor();
    };
    await write('Summary', 'Every checkout failed for a minute after release 4.18.');
    await write('Root cause', 'Payments opened a connection for each request and ran out of them.');
    await write('Contributing factors', 'Deploys go to all regions at once.');
    await write('Impact', 'Every order that was placed in that minute failed.');
  });

  chapter('an action item is refused while it is a wish, and taken once it is specific, owned and dated', async () => {
    await at.button('Add an action item').click();
    await at.field('What will be done').fill('Be more careful');
    await at.field('Done when').fill('always');
    await at.button('Add the item').click();
    await at.dialog.getByRole('alert').first().waitFor();
    await at.field('What will be done').fill('Add a canary region to deploys');
    await at.field('Done when').fill('a failing canary stops the deploy');
    await at.button('Add the item').click();
    await at.sees('Action item added');
    await at.button('Done: Add a canary region to deploys').waitFor();
  });

  chapter('it is reviewed, approved and published, with an edited copy for the public', async () => {
    await at.button('Hand in for review').click();
    await at.button('Approve').click();
    await at.button('Publish').click();
    await at
      .field('Copy for the status page')
      .fill('A release ran out of connections. Deploys now stop when the first region fails.');
    await at.button('Publish inside and in public').click();
    await at.sees('Published inside and on the status page');
    const history = async () => (await fetch(`${house.url}/s/public/history`)).text();
    await waitFor('the copy in public', async () => (await history()).includes('postmortem'), promised(1_000));
    const customer = await visit(browser, house.url, { viewport: PHONE, javaScriptEnabled: false });
    await customer.page.goto('/s/public/history');
    await handsOn(customer.page).link('postmortem').click();
    await handsOn(customer.page).sees(/Deploys now stop when the first region fails/);
    expect(customer.faults).toEqual({ unexpected: [], refusals: [] });
    await customer.leave();
  });

  chapter('the action item is done, and the insights count what was kept', async () => {
    await at.place('Action items').click();
    await at.button('Done: Add a canary region to deploys').click();
    await at.button('Done: Add a canary region to deploys').waitFor({ state: 'detached' });
    await at.place('Insights').click();
    const kept = page.getByText('Public updates on time').locator('xpath=..');
    await kept.getByText('100 %').waitFor();
  });

  chapter('who leaves is deactivated, and is out', async () => {
    await at.link('Settings').click();
    await at.link('People').click();
    await page.getByRole('listitem').filter({ hasText: BEN.name }).getByRole('button').click();
    await page.getByRole('menuitem', { name: /^Deactivate/ }).click();
    await at.dialog.getByRole('button', { name: /^Deactivate/ }).click();
    await page.getByRole('heading', { name: 'Deactivated' }).waitFor();
    await ben.page.goto('/');
    await ben.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  chapter('nothing went wrong in either browser on the way', async () => {
    expect(ada.faults.unexpected).toEqual([]);
    expect(ben.faults.unexpected).toEqual([]);
    expect(ada.faults.refusals).toEqual([
      '401 GET /api/v1/session',
      '400 PUT /api/v1/mail-settings',
      '400 POST /api/v1/incidents/{id}/action-items',
    ]);
  });
});
