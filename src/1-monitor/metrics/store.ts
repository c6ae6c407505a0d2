import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { decodePhase } from '../result/phase-code.ts';

export type LastCheck = {
  readonly dueAt: Date;
  readonly totalMs: number;
  readonly phases: Readonly<Record<string, number | null>>;
};

type Row = {
  readonly number: number;
  readonly dueAt: Date;
  readonly totalUs: number;
  readonly dnsCode: number;
  readonly tcpCode: number;
  readonly tlsCode: number;
  readonly firstByteCode: number;
  readonly transferCode: number;
};

/** The newest stored check of each number, looking no further back than `since`. */
export async function selectLastChecks(
  ctx: Ctx,
  numbers: readonly number[],
  since: Date,
): Promise<Map<number, LastCheck>> {
  const { rows } = await sql<Row>`
    select n.number, last.*
    from unnest(${numbers}::int4[]) as n (number)
    cross join lateral (
      select due_at, total_us, dns_code, tcp_code, tls_code, first_byte_code, transfer_code from check_result
      where monitor_number = n.number and due_at >= ${since} order by due_at desc limit 1
    ) as last
  `.execute(ctx.transaction);
  return new Map(
    rows.map((row) => [
      row.number,
      {
        dueAt: row.dueAt,
        totalMs: row.totalUs / 1_000,
        phases: {
          dns: decodePhase(row.dnsCode),
          tcp: decodePhase(row.tcpCode),
          tls: decodePhase(row.tlsCode),
          first_byte: decodePhase(row.firstByteCode),
          transfer: decodePhase(row.transferCode),
        },
      },
    ]),
  );
}
