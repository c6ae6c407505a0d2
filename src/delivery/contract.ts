export * from './channel/contract.ts';
export * from './chat-setting/contract.ts';
export * from './delivery/contract.ts';
export * from './mail-setting/contract.ts';
export * from './phone-setting/contract.ts';
