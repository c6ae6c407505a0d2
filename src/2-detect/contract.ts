export * from './alert/contract.ts';
export * from './alert-source/contract.ts';
export * from './signal/contract.ts';
