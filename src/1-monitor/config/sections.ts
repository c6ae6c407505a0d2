import type { ConfigSection } from './contract.ts';
import { maintenanceSection } from './maintenance-section.ts';
import { monitorSection } from './monitor-section.ts';
import type { Section } from './section.ts';
import { serviceSection } from './service-section.ts';
import { sloSection } from './slo-section.ts';

export const sectionOf: Readonly<Record<ConfigSection, Section>> = {
  services: serviceSection,
  monitors: monitorSection,
  slos: sloSection,
  maintenance: maintenanceSection,
};
