import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { withSpan } from '#lib/trace.ts';
import type { Tracing } from '../observability/tracing.ts';

interface TracedRequest {
  readonly request: Request;
  readonly requestId: string;
}

/** Creates one span for each operation; the spans of loaders and upstream requests are its children. Does nothing without tracing. */
export const useTracing = (tracing: Tracing | null): Plugin => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    if (!tracing) return;
    const operation = getOperationAST(args.document, args.operationName);
    const { request, requestId } = args.contextValue as unknown as TracedRequest;
    const type = operation?.operation ?? 'unknown';
    const name = operation?.name?.value ?? 'anonymous';
    setExecuteFn((executeArgs: unknown) => {
      const attributes = { 'graphql.operation.type': type, 'graphql.operation.name': name, 'request.id': requestId };
      const started = tracing.start(`${type} ${name}`, attributes, request.headers.get('traceparent'));
      return withSpan({ ...started, tracer: tracing.tracer }, () => executeFn(executeArgs as typeof args));
    });
  },
});
