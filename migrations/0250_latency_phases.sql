-- Where the time of the answered checks went: of DNS, TCP, TLS, first byte and transfer, the sum in tenths of a millisecond
-- and how many checks got there. Null in buckets that were made before.
alter table latency_bucket add column phase_sums integer[], add column phase_counts integer[];
