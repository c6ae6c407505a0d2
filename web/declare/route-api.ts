import { getRouteApi } from '@tanstack/react-router';

export const incidentRouteApi = getRouteApi('/shell/incidents/$incidentId');
