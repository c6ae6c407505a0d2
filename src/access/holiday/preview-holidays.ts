import { invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { daysInFile, type FileDays } from './calendar-file.ts';
import type { previewHolidays } from './contract.ts';
import { daysOfPlace } from './country-rules.ts';

/** The days of a country in a year (this one if none is said), or of a file; writes nothing. */
export async function previewDays(
  ctx: Ctx,
  { ics, year, country, region, bankHolidays }: RouteInput<typeof previewHolidays>['body'],
): Promise<FileDays> {
  if (ics !== undefined) return daysInFile(ics, ctx.now);
  if (country === null) throw invalid('body.country', 'is needed, or the text of a file');
  const wanted = year ?? ctx.now.getUTCFullYear();
  return { items: await daysOfPlace({ country, region, bankHolidays }, wanted, wanted), leftOutEntries: 0 };
}
