import { AssetLink } from '../../components/asset-link.tsx';
import type { Facts } from '../../components/facts-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { RecordLink } from '../../components/record-link.tsx';
import type { NodeOf } from './facts.tsx';

type Host = NodeOf<'Host'>;
type Service = NodeOf<'Service'>;

export const hostFacts = (host: Host): Facts => ({
  'Host name': host.hostname,
  Description: host.description ?? undefined,
  Network: host.network && <RecordLink {...host.network} />,
  Addresses: host.addresses.length === 0 ? 'none' : <Addresses of={host.addresses} />,
  'Open ports': host.ports.length === 0 ? 'none' : host.ports.map(portText).join(', '),
  Services: host.services.length === 0 ? 'none' : <Services of={host.services} />,
  Device: [host.manufacturer, host.model].filter(Boolean).join(' ') || null,
  'Operating system': host.osFamily,
  'Virtual machine': host.virtualization ? virtualText(host.virtualization) : undefined,
  Hidden: host.hidden ? 'by hand' : undefined,
  'Last seen': host.seenAt === null ? null : <Moment at={host.seenAt} />,
  'First seen': <Moment at={host.createdAt} />,
});

const Addresses = ({ of }: { readonly of: Host['addresses'] }) => (
  <ul>
    {of.map(({ id, address, macAddress, subnet }) => (
      <li key={id}>
        <code>{address}</code>{' '}
        {subnet && (
          <>
            in <RecordLink id={subnet.id} name={subnet.cidr} />{' '}
          </>
        )}
        {macAddress && <code className="quiet">{macAddress}</code>}
      </li>
    ))}
  </ul>
);

const Services = ({ of }: { readonly of: Host['services'] }) => (
  <ul className="inline">
    {of.map(({ id, displayName }) => (
      <li key={id}>
        <AssetLink asset={{ __typename: 'Service', id, displayName }} />
      </li>
    ))}
  </ul>
);

const portText = ({ number, protocol }: { readonly number: number; readonly protocol: string }): string =>
  `${number}/${protocol.toLowerCase()}`;

const virtualText = ({ type, name }: { readonly type: string; readonly name: string | null }): string =>
  name ? `${type}, as ${name}` : type;

export const serviceFacts = (service: Service): Facts => ({
  Product: service.definition,
  Host: service.host && <AssetLink asset={service.host} />,
  Network: service.network && <RecordLink {...service.network} />,
  'Listens on': service.bindings.length === 0 ? 'none' : service.bindings.map(bindingText).join(', '),
  Container: service.virtualization ? virtualText(service.virtualization) : undefined,
  'First seen': <Moment at={service.createdAt} />,
});

const bindingText = ({ allAddresses, address, port }: Service['bindings'][number]): string => {
  const where = allAddresses ? 'every address' : (address?.address ?? 'an unknown address');
  return port ? `${portText(port)} on ${where}` : where;
};

export const networkFacts = (network: NodeOf<'Network'>): Facts => ({
  'Set up': <Moment at={network.createdAt} />,
});

export const subnetFacts = (subnet: NodeOf<'Subnet'>): Facts => ({
  Range: <code>{subnet.cidr}</code>,
  Type: subnet.type,
  Description: subnet.description ?? undefined,
  Network: subnet.network && <RecordLink {...subnet.network} />,
});
