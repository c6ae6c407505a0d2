export * from './action-item/contract.ts';
export * from './insight/contract.ts';
export * from './postmortem/contract.ts';
export { SECTIONS, type SectionKey } from './postmortem/section.ts';
