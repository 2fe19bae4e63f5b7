import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '../observability/metrics.ts';

/** Counts and times executed operations. */
export const useOperationMetrics = (metrics: Metrics): Plugin => ({
  onExecute: ({ args }) => {
    const type = getOperationAST(args.document, args.operationName)?.operation ?? 'unknown';
    const stop = metrics.operationSeconds.startTimer({ type });
    return {
      onExecuteDone: ({ result }) => {
        stop();
        const failed = 'errors' in result && Boolean(result.errors?.length);
        metrics.operations.inc({ type, outcome: failed ? 'errors' : 'ok' });
      },
    };
  },
});
