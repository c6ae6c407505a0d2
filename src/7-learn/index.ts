export { postmortemPublished } from './postmortem/events.ts';
