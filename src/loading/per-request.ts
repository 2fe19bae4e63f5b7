import type { RequestContext } from './context.ts';

/** A value made once per request, on first use: `const hostById = perRequest((ctx) => new DataLoader(…))`. */
export const perRequest = <T>(make: (context: RequestContext) => T): ((context: RequestContext) => T) => {
  const made = new WeakMap<RequestContext, T>();
  return (context) => {
    const known = made.get(context);
    if (known !== undefined) return known;
    const value = make(context);
    made.set(context, value);
    return value;
  };
};
