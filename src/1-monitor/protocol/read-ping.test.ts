import { expect, it } from 'vitest';
import { readPing } from './read-ping.ts';

const sums = (line: string, rtt = '') => `PING 192.0.2.1 56(84) bytes of data.\n\n--- statistics ---\n${line}\n${rtt}`;

it.each([
  [
    'iputils',
    sums(
      '3 packets transmitted, 3 received, 0% packet loss, time 407ms',
      'rtt min/avg/max/mdev = 0.033/0.034/0.036/0.001 ms',
    ),
    { sent: 3, received: 3, roundTripMs: 0.034, unreachable: null },
  ],
  [
    'BusyBox',
    sums('2 packets transmitted, 1 packets received, 50% packet loss', 'round-trip min/avg/max = 0.060/0.080/0.100 ms'),
    { sent: 2, received: 1, roundTripMs: 0.08 },
  ],
  [
    'a BSD',
    sums(
      '2 packets transmitted, 2 packets received, 0.0% packet loss',
      'round-trip min/avg/max/stddev = 1.1/1.5/1.9/0.2 ms',
    ),
    { sent: 2, received: 2, roundTripMs: 1.5 },
  ],
  [
    'silence',
    sums('3 packets transmitted, 0 received, 100% packet loss, time 2030ms'),
    { received: 0, roundTripMs: null },
  ],
  [
    'a router that knows no way',
    `From 192.0.2.254 icmp_seq=1 Destination Host Unreachable\n${sums('1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms')}`,
    { received: 0, unreachable: 'Destination Host Unreachable' },
  ],
])('reads what ping of %s says', (_, stdout, expected) => {
  expect(readPing(stdout, '', null)).toMatchObject({ ok: true, ...expected });
});

it.each([
  ['ping: socktype: SOCK_RAW\nping: socket: Operation not permitted', '2', 'not-permitted', 'ping_group_range'],
  ['ping: permission denied (are you root?)', '1', 'not-permitted', 'cap_net_raw'],
  ['', 'EACCES', 'not-permitted', 'cap_net_raw'],
  ['ping: connect: Network is unreachable', '2', 'no-connectivity', 'no route'],
  ["ping: invalid option -- 'i'", '1', 'not-permitted', 'invalid option'],
  ['', 'EAGAIN', 'not-permitted', 'it ended with EAGAIN'],
])('a ping that could not ask is no fault of its target: %s', (stderr, ended, kind, words) => {
  const read = readPing('', stderr, ended);
  expect(read).toMatchObject({ ok: false, error: { kind } });
  expect(read.ok ? '' : read.error.message).toContain(words);
});
