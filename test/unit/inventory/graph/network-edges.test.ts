import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostModel } from '#entities/host/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import { indexEdges, networkEdges, serviceDependencyEdges } from '#inventory/graph/network-edges.ts';
import { host as hostRecord, interfaceTo, service as serviceRecord } from '../../../support/records.ts';

const service = (id: string, hostId: string, more: Partial<Omit<ServiceModel, 'type'>> = {}): ServiceModel =>
  serviceRecord({ id, hostId, bindings: [{ id: `binding-${id}`, portId: null, addressId: null }], ...more });

const host = (id: string, more: Partial<Omit<HostModel, 'type'>> = {}): HostModel => hostRecord({ id, ...more });

const declared = (
  dependencyType: ServiceDependencyModel['dependencyType'],
  ids: readonly string[],
  by: 'SERVICE' | 'BINDING' = 'SERVICE',
): ServiceDependencyModel => ({
  type: 'ServiceDependency',
  source: 'net',
  id: 'd',
  networkId: 'n',
  name: 'd',
  description: null,
  dependencyType,
  members: { by, ids },
});

const runs = (serviceId: string) => ({ virtualizationType: 'Docker', name: null, serviceId });
const arrows = (edges: ReturnType<typeof networkEdges>) =>
  edges.map(({ kind, from, to }) => `${from.target.identifier} ${kind} ${to.target.identifier}`);

test('services run on their host, containers and machines are run by a service', () => {
  const runtime = service('runtime', 'a');
  const container = service('container', 'a', { virtualization: runs('runtime') });
  const hosts = [host('a', { services: [runtime, container] }), host('vm', { virtualization: runs('gone') })];
  expect(arrows(networkEdges({ hosts, serviceDependencies: [] }))).toEqual([
    'runtime RUNS_ON a',
    'container RUNS_ON a',
    'container CONTAINERIZED_BY runtime',
    'vm VIRTUALIZED_BY gone',
  ]);
});

test('a link leads to the host of the port at its other end, and to a bare name when no host has that port', () => {
  const hosts = [
    host('a', {
      interfaces: [interfaceTo('a1', { kind: 'INTERFACE', id: 'b1' }), interfaceTo('a2', { kind: 'HOST', id: 'c' })],
    }),
    host('b', { interfaces: [interfaceTo('b1', null), interfaceTo('b2', { kind: 'INTERFACE', id: 'lost' })] }),
  ];
  const edges = networkEdges({ hosts, serviceDependencies: [] });
  expect(arrows(edges)).toEqual(['a LINKED_TO b', 'a LINKED_TO c', 'b LINKED_TO lost']);
  expect(edges[2]?.to).toEqual({ asset: null, target: { kind: 'Interface', identifier: 'lost' } });
});

describe('declared dependencies', () => {
  test('each member of a request path calls the next one', () => {
    const edges = serviceDependencyEdges(declared('REQUEST_PATH', ['a', 'b', 'c']), () => null);
    expect(arrows(edges)).toEqual(['a CALLS b', 'b CALLS c']);
    expect(edges.map(({ relationship }) => relationship)).toEqual(['request_path', 'request_path']);
  });

  test('spokes are members of the hub, which comes first', () => {
    const edges = serviceDependencyEdges(declared('HUB_AND_SPOKE', ['hub', 'x', 'y']), () => null);
    expect(arrows(edges)).toEqual(['x MEMBER_OF_HUB hub', 'y MEMBER_OF_HUB hub']);
  });

  test('a binding that is gone breaks the path instead of joining what was beside it', () => {
    const find = (id: string) => (id === 'gone' ? null : id.toUpperCase());
    const edges = serviceDependencyEdges(declared('REQUEST_PATH', ['a', 'gone', 'c'], 'BINDING'), find);
    expect(arrows(edges)).toEqual(['A CALLS gone', 'gone CALLS C']);
    expect(edges.map(({ to }) => to.asset?.id ?? null)).toEqual([null, 'C']);
  });

  test.each(['REQUEST_PATH', 'HUB_AND_SPOKE', 'UNKNOWN'] as const)(
    'two bindings of one service in a %s do not relate the service to itself',
    (type) => {
      const owners: Readonly<Record<string, string>> = { web: 'a', metrics: 'a', sql: 'b' };
      const find = (id: string) => owners[id] ?? null;
      const edges = serviceDependencyEdges(declared(type, ['web', 'metrics', 'sql'], 'BINDING'), find);
      expect(edges.length).toBe(1);
      expect(edges.filter(({ from, to }) => from.target.identifier === to.target.identifier)).toEqual([]);
    },
  );

  test('a service that is declared to call itself does', () => {
    const edges = serviceDependencyEdges(declared('REQUEST_PATH', ['a', 'a']), () => null);
    expect(arrows(edges)).toEqual(['a CALLS a']);
  });

  test.each(['REQUEST_PATH', 'HUB_AND_SPOKE', 'UNKNOWN'] as const)(
    'fewer than two members of %s relate nothing',
    (type) => {
      for (const ids of [[], ['a']]) expect(serviceDependencyEdges(declared(type, ids), () => null)).toEqual([]);
    },
  );

  test('members named by service and by binding give the same edges', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 });
    const type = fc.constantFrom('REQUEST_PATH' as const, 'HUB_AND_SPOKE' as const, 'UNKNOWN' as const);
    fc.assert(
      fc.property(type, ids, (of, services) => {
        const hosts = [host('h', { services: services.map((id) => service(id, 'h')) })];
        const byService = networkEdges({ hosts, serviceDependencies: [declared(of, services)] });
        const bindings = services.map((id) => `binding-${id}`);
        const byBinding = networkEdges({ hosts, serviceDependencies: [declared(of, bindings, 'BINDING')] });
        expect(byBinding).toEqual(byService);
      }),
    );
  });
});

test('every edge is found from both of its ends, under one id that no other edge has', () => {
  const id = fc.integer({ min: 0, max: 9 }).map((n) => `s${n}`);
  const dependency = fc.tuple(
    fc.constantFrom('REQUEST_PATH' as const, 'HUB_AND_SPOKE' as const),
    fc.array(id, { maxLength: 6 }),
  );
  fc.assert(
    fc.property(dependency, fc.option(id, { nil: null }), ([type, ids], runtime) => {
      const services = Array.from({ length: 10 }, (_, n) =>
        service(`s${n}`, 'h', { virtualization: runtime && n === 3 ? runs(runtime) : null }),
      );
      const edges = networkEdges({ hosts: [host('h', { services })], serviceDependencies: [declared(type, ids)] });
      expect(new Set(edges.map((edge) => edge.id)).size).toBe(edges.length);
      const index = indexEdges(edges);
      for (const { id: edgeId, from, to } of edges) {
        expect(from.asset && index.from(from.asset).some((edge) => edge.id === edgeId)).toBe(true);
        expect(to.asset && index.to(to.asset).some((edge) => edge.id === edgeId)).toBe(true);
      }
    }),
  );
});
