/** Operations of one viewer, in production. */
const PRODUCTION_RATE = { operations: 6000, windowSeconds: 60 };

interface Open<Rate> {
  readonly server: {
    readonly profile: 'development' | 'production';
    readonly graphiql?: boolean | undefined;
    readonly introspection?: boolean | undefined;
    readonly fieldSuggestions?: boolean | undefined;
    readonly queriesOverGet?: boolean | undefined;
    readonly allowCacheBypass?: boolean | undefined;
    readonly operator: { readonly open?: boolean | undefined; readonly port?: unknown; readonly token?: unknown };
  };
  readonly auth: { readonly mode: string; readonly tenants: object };
  readonly limits: { readonly rate?: Rate | null | undefined };
  readonly persisted: {
    readonly manifest: string | null;
    readonly trustedOnly?: boolean | undefined;
    readonly automatic?: boolean | undefined;
  };
}

/** Fills what was left to the profile, and to other sections. Whatever was set stays. */
export const withProfile = <
  R extends { readonly operations: number; readonly windowSeconds: number },
  C extends Open<R>,
>(
  config: C,
) => {
  const { server, auth, limits, persisted } = config;
  const isProduction = server.profile === 'production';
  const { port, token } = server.operator;
  const trustedOnly = persisted.trustedOnly ?? (isProduction && persisted.manifest !== null);
  return {
    ...config,
    server: {
      ...server,
      graphiql: server.graphiql ?? !isProduction,
      introspection: server.introspection ?? !isProduction,
      fieldSuggestions: server.fieldSuggestions ?? !isProduction,
      queriesOverGet: server.queriesOverGet ?? !isProduction,
      allowCacheBypass: server.allowCacheBypass ?? !isProduction,
      operator: {
        ...server.operator,
        open:
          server.operator.open ?? (Object.keys(auth.tenants).length === 0 && port === undefined && token === undefined),
      },
    },
    limits: {
      ...limits,
      // Without authentication all callers are one viewer, so a rate for each viewer would be one rate for all.
      rate: limits.rate !== undefined ? limits.rate : isProduction && auth.mode !== 'none' ? PRODUCTION_RATE : null,
    },
    persisted: { ...persisted, trustedOnly, automatic: persisted.automatic ?? !trustedOnly },
  };
};
