import type { Source } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { perRequest } from './per-request.ts';

/** Something of a source that a request reads at most once, however many fields need it. */
export const oncePerSource = <S extends Pick<Source, 'name'>, T>(
  read: (source: S, context: RequestContext) => Promise<T>,
): ((context: RequestContext, source: S) => Promise<T>) => {
  const ofRequest = perRequest(() => new Map<string, Promise<T>>());
  return (context, source) => {
    const made = ofRequest(context);
    const known = made.get(source.name);
    if (known) return known;
    const value = read(source, context);
    made.set(source.name, value);
    return value;
  };
};
