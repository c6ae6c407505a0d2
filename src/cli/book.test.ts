import { expect, it } from 'vitest';
import { bookOf } from './book.ts';

const person = (id: string, title: string, email: string) => ({
  noun: 'person' as const,
  id,
  title,
  names: [email, title],
});
const book = bookOf([
  person('usr_1', 'Ann', 'ann@example.com'),
  person('usr_2', 'Ann Lee', 'lee@example.com'),
  person('usr_3', 'Bo Berg', 'bo@example.com'),
  person('usr_4', 'Cy Day', 'day@example.com'),
  person('usr_5', 'Cy Ray', 'ray@example.com'),
  { noun: 'team', id: 'team_1', title: 'Core Web', names: ['Core Web'] },
]);

it.each([
  ['usr_3', 'usr_3'],
  ['BO@example.com', 'usr_3'],
  ['Bo Berg', 'usr_3'],
  ['bo', 'usr_3'],
  ['Ann', 'usr_1'],
  ['ann lee', 'usr_2'],
])('finds a person by id, address, name and first name: %s', (said, id) => {
  expect(book.idOf('person', said)).toBe(id);
});

it('asks which one is meant when several have the first name', () => {
  expect(() => book.idOf('person', 'Cy')).toThrow('Cy names several: usr_4, usr_5');
});

it('knows first names of people only', () => {
  expect(() => book.idOf('team', 'Core')).toThrow('There is no team Core. There are: Core Web.');
});

it('names the nearest of many', () => {
  const many = bookOf(
    Array.from({ length: 20 }, (_, i) => ({
      noun: 'team' as const,
      id: `team_${i}`,
      title: `Team ${i}`,
      names: [`Team ${i}`],
    })),
  );
  expect(() => many.idOf('team', 'Tam 12')).toThrow(
    'There is no team Tam 12. Did you mean Team 12 or Team 1 or Team 2?',
  );
  expect(() => many.idOf('team', 'Payments')).toThrow(/^There is no team Payments\.$/);
});
