export * from './alert/contract.ts';
export * from './alert-setting/contract.ts';
export * from './alert-source/contract.ts';
export * from './journal/contract.ts';
export * from './mail-in/contract.ts';
export * from './mapping/contract.ts';
export { MAPPING_PRESETS, type MappingPreset } from './mapping/presets.ts';
export * from './report/contract.ts';
export * from './signal/contract.ts';
