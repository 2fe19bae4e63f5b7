import { hostById } from '#entities/host/loaders.ts';
import { resourceById } from '#entities/resource/loaders.ts';
import { serviceById } from '#entities/service/loaders.ts';
import type { AssetRecord } from '#inventory/inventory.ts';
import type { RequestContext } from '#loading/context.ts';
import type { AssetRef } from './model.ts';

/** The record behind a reference: as the index holds it, else by its loader. Null when it is gone. */
export const assetByRef = async (context: RequestContext, ref: AssetRef): Promise<AssetRecord | null> =>
  context.sources.inventory.read().asset(ref) ?? LOADERS[ref.type](context).load(ref);

const LOADERS = { Resource: resourceById, Host: hostById, Service: serviceById } as const;
