export * from './heartbeat/contract.ts';
export * from './kind/kinds.ts';
export * from './location/contract.ts';
export * from './maintenance/contract.ts';
export * from './monitor/contract.ts';
export * from './result/contract.ts';
export * from './service/contract.ts';
export * from './verdict/contract.ts';
