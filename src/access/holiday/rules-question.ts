import type { Holiday } from './holidays.ts';

/** Something with a code: DE Germany, BY Bayern. */
export type Named = { readonly code: string; readonly name: string };

export type RulesQuestion =
  | { readonly what: 'countries' }
  | { readonly what: 'regions'; readonly country: string }
  | {
      readonly what: 'days';
      readonly country: string;
      readonly region: string | null;
      readonly bankHolidays: boolean;
      readonly fromYear: number;
      /** Its days included. */
      readonly untilYear: number;
    };

export type RulesAnswer = {
  readonly countries?: readonly Named[];
  readonly regions?: readonly Named[];
  readonly days?: readonly Holiday[];
  /** What of a place is not known, instead of its days. */
  readonly unknown?: 'country' | 'region';
};
