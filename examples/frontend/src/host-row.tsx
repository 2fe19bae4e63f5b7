import type { HostsQuery } from './gql/graphql.ts';

type Host = NonNullable<HostsQuery['hosts']>['nodes'][number];
type Link = NonNullable<Host['resources']>[number];

export const HostRow = ({ host }: { readonly host: Host }) => {
  const links = host.resources ?? [];
  return (
    <tr>
      <td>
        <strong>{host.displayName}</strong>
        <small>{host.addresses.map(({ address }) => address).join(', ') || host.hostname}</small>
      </td>
      <td>{host.network?.name ?? '—'}</td>
      <td>
        {/* Null means that nobody could tell, an empty list that there is none. */}
        {host.resources === null && <em>unknown</em>}
        {host.resources?.length === 0 && '—'}
        {links.map((link) => (
          <Resource key={link.resource.id} link={link} />
        ))}
      </td>
      <td>
        {links.map((link) => (
          <Findings key={link.resource.id} link={link} />
        ))}
      </td>
    </tr>
  );
};

const Resource = ({ link: { resource, confidence, rule } }: { readonly link: Link }) => (
  <div title={`${confidence.toLowerCase()}, by ${rule}`}>
    <strong>{resource.displayName}</strong>
    <small>
      {[resource.service, resource.region, resource.account?.name].filter(Boolean).join(' · ')}
      <span className="confidence">{confidence.toLowerCase()}</span>
    </small>
  </div>
);

const Findings = ({ link: { resource } }: { readonly link: Link }) => {
  if (!resource.findings) return <em>unknown</em>;
  const { nodes, totalCount } = resource.findings;
  if (totalCount === 0) return <small>none</small>;
  return (
    <ul>
      {nodes.map(({ id, severity, summary }) => (
        <li key={id}>
          <span className={`severity ${severity.toLowerCase()}`}>{severity.toLowerCase()}</span> {summary}
        </li>
      ))}
      {totalCount > nodes.length && <li>and {totalCount - nodes.length} more</li>}
    </ul>
  );
};
