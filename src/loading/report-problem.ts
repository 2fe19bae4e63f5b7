import type { RequestContext } from './context.ts';

interface ResponsePath {
  readonly prev: ResponsePath | undefined;
  readonly key: string | number;
}

/** The part of GraphQL's resolve info that tells where in the answer a field stands. */
export interface FieldLocation {
  readonly path: ResponsePath;
}

const steps = (path: ResponsePath | undefined): (string | number)[] => (path ? [...steps(path.prev), path.key] : []);

/** Adds an error to the answer beside the field's (incomplete) data. */
export const reportProblem = (context: RequestContext, place: FieldLocation, error: unknown): void => {
  context.problems.push({ error, path: steps(place.path) });
};
