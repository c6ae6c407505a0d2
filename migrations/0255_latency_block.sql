-- What the buckets of six hours (UTC) make together, so that a chart of months reads hundreds of rows and not thousands.
create table latency_block (
  monitor_number integer not null,
  starts_at timestamptz not null,
  slots smallint[] not null,
  counts integer[] not null,
  -- Sums over six hours do not fit into an integer; these are exact up to 2^53.
  phase_sums float8[],
  phase_counts integer[],
  primary key (monitor_number, starts_at)
);

with own as (
  select b.*, date_bin('6 hours', b.starts_at, timestamptz '1970-01-01 00:00:00Z') as block_at
  from latency_bucket b, latency_progress p
  where b.starts_at < date_bin('6 hours', p.rolled_until, timestamptz '1970-01-01 00:00:00Z')
), counted as (
  select monitor_number, block_at, array_agg(slot order by slot) as slots, array_agg(checks order by slot) as counts
  from (
    select monitor_number, block_at, slot, sum(checks)::integer as checks
    from own, unnest(slots, counts) as u(slot, checks) group by 1, 2, 3
  ) as s group by 1, 2
), timed as (
  select monitor_number, block_at,
    array[sum(phase_sums[1]), sum(phase_sums[2]), sum(phase_sums[3]), sum(phase_sums[4]), sum(phase_sums[5])]::float8[] as sums,
    array[sum(phase_counts[1]), sum(phase_counts[2]), sum(phase_counts[3]), sum(phase_counts[4]), sum(phase_counts[5])]::integer[] as counts
  from own where phase_sums is not null group by 1, 2
)
insert into latency_block (monitor_number, starts_at, slots, counts, phase_sums, phase_counts)
select monitor_number, block_at, counted.slots, counted.counts, timed.sums, timed.counts
from counted left join timed using (monitor_number, block_at);
