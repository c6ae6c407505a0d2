export { lockDataDirectory } from './data-directory-lock.ts';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts';
export { findRunningPostgres } from './running.ts';
