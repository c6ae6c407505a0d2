import { expect, it } from 'vitest';
import { teamsMessage } from './teams.ts';

it.each(['€', '"', '\\', 'a\n', '€€\n', '\n', '\0', '\u007f', '\u2028', '\ud800', '😀', `${'€'.repeat(99)}\n`])(
  'stays within what Teams takes when a message is full of %j',
  (piece) => {
    const text = piece.repeat(20_000).slice(0, 20_000);
    const sent = teamsMessage({ subject: text, text, url: 'https://allclear.example/p/1', urgency: 'high' });
    expect(Buffer.byteLength(JSON.stringify(sent))).toBeLessThan(28_000);
  },
);

it('leads to each place by one button, and names what acts first', () => {
  const url = 'https://allclear.example/p/1';
  const actions = [
    { kind: 'http', label: 'Acknowledge', url },
    { kind: 'view', label: 'Open', url },
  ] as const;
  const card = teamsMessage({ subject: 's', text: `t\n\nAcknowledge: ${url}`, url, urgency: 'high', actions });
  expect(card.attachments[0]?.content.actions).toEqual([{ type: 'Action.OpenUrl', title: 'Acknowledge …', url }]);
  expect(JSON.stringify(card).split(url)).toHaveLength(2);
});
