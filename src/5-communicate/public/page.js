// Progressive: everything below only adds to a page that is complete without it.
(() => {
  const MINUTE = 60_000;
  const POLL_MS = 30_000;
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => document.querySelectorAll(selector);
  let tag = null;
  let skew = 0; // server clock − ours; a reader's wrong clock must not make a fresh page look old
  let answered = false;

  const now = () => Date.now() + skew;
  const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const distance = (ms) => {
    const minutes = Math.floor(Math.abs(ms) / MINUTE);
    if (minutes < 1) return ms < 0 ? 'just now' : 'in under a minute';
    const words = minutes < 100 ? plural(minutes, 'minute') : plural(Math.round(minutes / 60), 'hour');
    return ms < 0 ? `${words} ago` : `in ${words}`;
  };
  const local = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

  const tellTimes = () => {
    for (const time of all('main time, footer time')) {
      const at = Date.parse(time.dateTime);
      time.title = `${full.format(at)} for you`;
      const rel = time.closest('p')?.querySelector('.rel');
      if (!rel || !(time.hasAttribute('data-rel') || time.hasAttribute('data-ago'))) continue;
      const here = time.textContent.includes(new Date(at).toTimeString().slice(0, 5));
      const elsewhere = time.hasAttribute('data-rel') && !here ? `${local.format(at)} for you, ` : '';
      rel.textContent = ` (${elsewhere}${distance(at - now())})`;
    }
  };

  // Too old, and nobody could tell us otherwise: claim nothing. Never leave a green page standing.
  const judgeAge = () => {
    const main = find('main');
    const age = now() - Date.parse(main.dataset.generated);
    if (!answered || age <= main.dataset.limit * 1000 || main.dataset.stale) return;
    main.dataset.stale = 'yes';
    main.className = 'stale';
    const unknown = find('#unknown')?.content.firstElementChild;
    const title = 'We cannot see the current state';
    const heading = find('.head h1 span');
    if (heading) {
      heading.textContent = title;
      find('.head h1 use').setAttribute('href', '#i-un');
      find('.head').className = 'head h-un';
      find('.head p').textContent =
        `What follows was true ${distance(-age)}. It may be our monitoring or your connection; it does not mean that anything is down.`;
    }
    if (unknown) for (const label of all('.s')) label.replaceWith(unknown.cloneNode(true));
    const icon = find('link[rel=icon]');
    icon.href = icon.href.replace(/fill='%23[0-9a-f]{6}'\/>/, "fill='%238a867e'/>");
    say(title);
  };

  const say = (text) => {
    find('#said').textContent = text;
    document.title = `${text} · ${find('main').dataset.name}`;
  };

  const take = (fresh) => {
    const before = find('.head h1 span')?.textContent;
    const open = [...all('.cs details[open]')].map((details) => details.parentElement.id);
    const focused = document.activeElement?.closest?.('.cs > li')?.id;
    for (const selector of ['main', '#foot']) find(selector).replaceWith(fresh.querySelector(selector));
    find('link[rel=icon]').href = fresh.querySelector('link[rel=icon]').href;
    for (const id of open) document.getElementById(id)?.querySelector('details')?.setAttribute('open', '');
    if (focused) document.getElementById(focused)?.querySelector('summary')?.focus({ preventScroll: true });
    const after = find('.head h1 span')?.textContent;
    if (after && after !== before) say(after);
  };

  const poll = async () => {
    try {
      const answer = await fetch(location.href, { cache: 'no-cache', signal: AbortSignal.timeout(10_000) });
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (date) skew = date - Date.now();
      if (answer.ok && answer.headers.get('etag') !== tag) {
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
        if (fresh.querySelector('main[data-live]')) take(fresh);
        else if (fresh.querySelector('main')) location.reload();
        tag = answer.headers.get('etag') ?? '';
      }
    } catch {
      // no answer: the age decides
    }
    answered = true;
    tellTimes();
    judgeAge();
  };

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.append(tip);
  const showDay = (event) => {
    const bars = event.target.closest?.('.cs .b');
    tip.hidden = !bars;
    if (!bars) return;
    const box = bars.getBoundingClientRect();
    const days = bars.viewBox.baseVal.width;
    const index = Math.min(days - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * days)));
    const first = new Date(`${bars.closest('.cs').dataset.first}T00:00:00Z`);
    const date = new Date(first.getTime() + index * 1440 * MINUTE);
    const row = bars.parentElement.querySelector(`li[data-i="${index}"]`);
    const day = date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    const lines = row ? row.textContent.slice(row.querySelector('b').textContent.length).trim() : '';
    tip.textContent = lines === '' ? day : `${day}\n${lines}`;
    tip.style.left = `${Math.max(8, Math.min(event.clientX + scrollX - 40, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${box.bottom + scrollY + 4}px`;
  };
  addEventListener('pointermove', showDay);
  addEventListener('pointerdown', showDay);

  tellTimes();
  poll();
  setInterval(() => {
    tellTimes();
    judgeAge();
  }, 10_000);
  setInterval(() => document.visibilityState === 'visible' && poll(), POLL_MS);
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && poll());
})();
