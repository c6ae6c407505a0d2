export { allows, type Permission, type RoutePermission } from './permission.ts';
export { audit } from './audit/audit.ts';
