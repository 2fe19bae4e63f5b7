import type { Watch } from '#watches/watch.ts';
import { EVERYONE } from './create-authenticator.ts';
import { type AuthOptions, callerOf, tenantViewer, type Viewer } from './viewer.ts';

/** As whom a watched question is asked: the configuration was refused if there were no such key or tenant. */
export const viewerOfWatch = (auth: AuthOptions, { name, viewer }: Pick<Watch, 'name' | 'viewer'>): Viewer => {
  if (auth.mode === 'jwt') return tenantViewer(auth, `watch ${name}`, viewer);
  const key = auth.mode === 'api-key' ? auth.keys.find((one) => one.name === viewer) : undefined;
  return key ? tenantViewer(auth, key.name, key.tenant ?? null) : EVERYONE;
};

/** Whether a caller is the one as whom it is asked; in mode `jwt`, one of that tenant. */
export const isWatchOf = (viewer: Viewer, auth: AuthOptions, watch: Pick<Watch, 'name' | 'viewer'>): boolean =>
  auth.mode === 'jwt' ? viewer.tenant === watch.viewer : callerOf(viewer) === callerOf(viewerOfWatch(auth, watch));
