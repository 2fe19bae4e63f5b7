import type { DemoAnswer, DemoRequest } from '../http.ts';
import { answerList, answerOne, type KeyScope } from './answer-list.ts';
import { okReply, pageReply, textReply, unknownPathReply } from './envelope.ts';
import { childListings } from './list-children.ts';
import { discoveryListing } from './list-discoveries.ts';
import { hostListing } from './list-hosts.ts';
import { scopeListings } from './list-scope.ts';
import { serviceListing } from './list-services.ts';
import type { ListingContext } from './listing.ts';
import type { LiveSessions } from './live-sessions.ts';
import { BadQueryError } from './query.ts';
import { restrictedPath } from './special-paths.ts';
import { answerTopologyData } from './topology-data.ts';
import { sessionOnWire } from './wire-discovery.ts';

export interface Routes {
  /** `path` is what follows `/api/v1/`. */
  answer(path: string, request: DemoRequest, context: ListingContext): DemoAnswer;
}

export interface RoutesOptions {
  readonly sessions: LiveSessions;
  readonly scope: KeyScope;
  readonly webUi: boolean;
  readonly stream: () => DemoAnswer;
}

/** Everything a key may ask for; which paths exist depends on the version at this instant. */
export function createRoutes({ sessions, scope, webUi, stream }: RoutesOptions): Routes {
  const inTopology = [hostListing, serviceListing, ...childListings, ...scopeListings];
  const listings = [...inTopology, discoveryListing(() => sessions.finishedRuns())];

  function answer(path: string, { query }: DemoRequest, context: ListingContext): DemoAnswer {
    const { wire } = context;
    if (path === 'discovery/stream') return stream();
    if (path === 'discovery/active-sessions') {
      const live = sessions.active().filter(({ discovery }) => scope.has(discovery.networkId));
      return okReply(
        wire.version,
        live.map(({ discovery, session }) => sessionOnWire(wire, discovery, session)),
      );
    }
    if (path === 'topology/data' && wire.has('topologyData')) {
      return answerTopologyData(inTopology, context, scope, query);
    }
    if (path === 'snapshots' && wire.has('snapshots'))
      return pageReply(wire.version, [], { total: 0, limit: 50, offset: 0 });
    return restrictedPath(wire, path) ?? answerListing(path, query, context);
  }

  function answerListing(path: string, query: URLSearchParams, context: ListingContext): DemoAnswer {
    const [name = '', id, ...rest] = path.split('/');
    const found = listings.find((any) => any.use((listing) => listing.path(context.wire) === name));
    if (found === undefined || rest.length > 0) return unknownPathReply(webUi);
    return found.use((listing) =>
      id === undefined
        ? answerList(listing, context, scope, query)
        : answerOne(listing, context, scope, decodeURIComponent(id)),
    );
  }

  return {
    answer(path, request, context) {
      try {
        return answer(path, request, context);
      } catch (error) {
        if (error instanceof BadQueryError) return textReply(400, error.message);
        throw error;
      }
    },
  };
}
