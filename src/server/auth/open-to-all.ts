import type { Viewer } from './viewer.ts';

const EVERYONE: Viewer = Object.freeze({ id: 'anonymous', tenant: null, sources: null, credentials: null });

/** Mode `none`: whoever can reach the gateway sees every source. */
export const openToAll = (): Viewer => EVERYONE;
