import type { AddressPool } from './addresses.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { HostSpec } from './network-host.ts';
import type { WorldHost, WorldNetwork, WorldSubnet } from './network-world.ts';

const containers = [
  'Grafana',
  'Prometheus',
  'Portainer',
  'Traefik',
  'Gitea',
  'Vaultwarden',
  'Redis',
  'RabbitMQ',
] as const;
/** Every runtime calls its bridge the same: this range is no key. */
const BRIDGE = '172.17.0.0/16';

const runtimes = {
  Docker: { subnetType: 'DockerBridge', port: [2375, 'Docker'] },
  Podman: { subnetType: 'PodmanBridge', port: [8080, 'Http8080'] },
} as const;

/** A machine with a container runtime, its bridge subnet and three to five containers in one compose project. */
export function addContainerHost(
  builder: NetworkBuilder,
  network: WorldNetwork,
  type: keyof typeof runtimes,
  base: HostSpec,
  loopback: WorldSubnet,
): WorldHost {
  const { subnetType, port } = runtimes[type];
  const bridge = builder.subnet(network, subnetType, BRIDGE, `${type.toLowerCase()}0`);
  const host = builder.host(network, {
    ...base,
    addresses: [
      ...base.addresses,
      { subnet: bridge, address: '172.17.0.1', name: `${type.toLowerCase()}0` },
      { subnet: loopback, address: '127.0.0.1', mac: false, name: 'lo' },
    ],
    services: [{ name: type, port }, ...containersOf(builder, type)],
  });
  return withRuntime(builder, host, bridge);
}

function containersOf(builder: NetworkBuilder, type: string) {
  const start = builder.random.int(0, containers.length - 1);
  return Array.from({ length: builder.random.int(3, 5) }, (_, at) => {
    const product = containers[(start + at) % containers.length] as string;
    const virtualization = {
      type,
      name: product.toLowerCase(),
      externalId: builder.random.hex(12),
      composeProject: at === 0 ? null : 'platform',
      serviceId: null,
    };
    return { name: product, port: [9000 + at, 'Custom'] as const, virtualization };
  });
}

/** Containers point at the runtime's service, one of them at a service that is gone; the bridge points there too. */
function withRuntime(builder: NetworkBuilder, host: WorldHost, bridge: WorldSubnet): WorldHost {
  const runtimeId = host.services[0]?.id ?? null;
  const goneId = builder.random.uuid();
  const services = host.services.map((service) => {
    const serviceId = service.position === 3 ? goneId : runtimeId;
    return service.virtualization === null
      ? service
      : { ...service, virtualization: { ...service.virtualization, serviceId } };
  });
  builder.subnets[builder.subnets.indexOf(bridge)] = { ...bridge, virtualizationServiceId: runtimeId };
  const complete = { ...host, services };
  builder.hosts[builder.hosts.indexOf(host)] = complete;
  return complete;
}

/** A hypervisor and its guests; the last guest names a hypervisor service that no longer exists. */
export function addHypervisor(
  builder: NetworkBuilder,
  network: WorldNetwork,
  type: 'Proxmox' | 'ESXi',
  base: HostSpec,
  guests: number,
  pool: AddressPool,
): readonly WorldHost[] {
  const product = type === 'Proxmox' ? 'Proxmox VE' : 'VMware ESXi';
  const port = type === 'Proxmox' ? ([8006, 'Custom'] as const) : ([443, 'Https'] as const);
  const hypervisor = builder.host(network, { ...base, services: [{ name: product, port }] });
  const serviceId = hypervisor.services[0]?.id ?? null;
  const vms = Array.from({ length: guests }, (_, at) => {
    const name = `${base.name}-vm-${100 + at}`;
    return builder.host(network, {
      name,
      hostname: `${name}.northwind.example`,
      addresses: [{ ...pool.next(), name: 'ens18' }],
      services: [{ name: 'SSH', port: [22, 'Ssh'] }],
      virtualization: {
        type,
        name,
        externalId: String(100 + at),
        composeProject: null,
        serviceId: at === guests - 1 ? builder.random.uuid() : serviceId,
      },
    });
  });
  return [hypervisor, ...vms];
}
