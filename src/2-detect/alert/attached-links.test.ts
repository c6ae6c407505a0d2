import { expect, it } from 'vitest';
import { attachedLinks, besidesLinks } from './attached-links.ts';

it('are what came with an alert and may be opened, each address once', () => {
  const evidence = {
    links: [{ href: 'https://runbook.example.com', text: 'Runbook' }, { href: 'javascript:alert(1)', text: 'x' }, null],
    images: [{ href: 'https://graphs.example.com/1.png', text: 'https://graphs.example.com/1.png' }],
    client: 'Watcher',
    clientUrl: 'https://watcher.example.com/1',
    panelURL: 'http://grafana.example.com/p',
    silenceURL: 'data:text/html,x',
    annotations: { runbook_url: 'https://runbook.example.com' },
    details: { free: '3 %' },
    nothing: null,
    group: {},
    receiver: '',
  };
  expect(attachedLinks({ url: 'https://watcher.example.com/1', evidence })).toEqual([
    { href: 'https://runbook.example.com', text: 'Runbook', kind: 'link' },
    { href: 'https://watcher.example.com/1', text: 'Watcher', kind: 'link' },
    { href: 'http://grafana.example.com/p', text: 'Panel', kind: 'link' },
    { href: 'https://graphs.example.com/1.png', text: 'Picture', kind: 'picture' },
  ]);
  expect(besidesLinks(evidence)).toEqual({
    client: 'Watcher',
    annotations: { runbook_url: 'https://runbook.example.com' },
    details: { free: '3 %' },
  });
  expect(besidesLinks({ links: [], details: null })).toBeNull();
  expect(attachedLinks({ url: null, evidence: null })).toEqual([]);
});
