import { AsyncLocalStorage } from 'node:async_hooks';
import { type Attributes, type Context, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** Attributes and names of spans hold names, counts and path templates: never an id, a key or anything a caller wrote. */
interface ActiveSpan {
  readonly tracer: Tracer;
  readonly span: Span;
  readonly context: Context;
}

/** Of this package, not OpenTelemetry's global one: two gateways in one process must not see each other's spans. */
const active = new AsyncLocalStorage<ActiveSpan>();

/** The span of the work under way; undefined where nothing is traced. */
export const activeSpan = (): Span | undefined => active.getStore()?.span;

/** A span below the active one, to be ended by the caller; undefined where nothing is traced. @param startTime epoch milliseconds */
export const startChildSpan = (name: string, attributes: Attributes, startTime?: number): Span | undefined => {
  const parent = active.getStore();
  return parent?.tracer.startSpan(
    name,
    { attributes, ...(startTime !== undefined && { startTime }) },
    trace.setSpan(parent.context, parent.span),
  );
};

/** Runs `task` as the work of `span`, which ends with it. */
export const withSpan = async <T>(of: ActiveSpan, task: () => T | Promise<T>): Promise<T> => {
  try {
    return await active.run(of, task);
  } catch (error) {
    of.span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'Error' });
    throw error;
  } finally {
    of.span.end();
  }
};

/** Runs `task` as a part of the work under way; where nothing is traced, just runs it. */
export const traced = <T>(name: string, attributes: Attributes, task: () => Promise<T>): Promise<T> => {
  const parent = active.getStore();
  const span = startChildSpan(name, attributes);
  return parent && span ? withSpan({ ...parent, span }, task) : task();
};
