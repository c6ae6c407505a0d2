import { getRouteApi } from '@tanstack/react-router';

export const postmortemRouteApi = getRouteApi('/shell/postmortems/$postmortemId');
