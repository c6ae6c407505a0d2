export * from './component/contract.ts';
export * from './status-page/contract.ts';
export * from './subscriber/contract.ts';
export * from './update/contract.ts';
export { type Finding, lintUpdate } from './update/lint.ts';
