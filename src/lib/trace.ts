import { AsyncLocalStorage } from 'node:async_hooks';

/** Names, counts and path templates: never an id, a key or anything a caller wrote. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work being traced. Whose format it is in is known to the server only. */
export interface Span {
  /** @param startedAt Epoch milliseconds. @default the present */
  child(name: string, attributes: SpanAttributes, startedAt?: number): Span;
  event(name: string, attributes: SpanAttributes): void;
  failed(code: string): void;
  end(): void;
}

const current = new AsyncLocalStorage<Span>();

/** The span of the work under way; undefined where nothing is traced. */
export const currentSpan = (): Span | undefined => current.getStore();

/** Runs `task` as the work of `span`, which ends with it. */
export const within = async <T>(span: Span, task: () => T | Promise<T>): Promise<T> => {
  try {
    return await current.run(span, task);
  } catch (error) {
    span.failed(error instanceof Error ? error.name : 'Error');
    throw error;
  } finally {
    span.end();
  }
};

/** Runs `task` as a part of the work under way; where nothing is traced, just runs it. */
export const traced = <T>(name: string, attributes: SpanAttributes, task: () => Promise<T>): Promise<T> => {
  const parent = currentSpan();
  return parent ? within(parent.child(name, attributes), task) : task();
};
