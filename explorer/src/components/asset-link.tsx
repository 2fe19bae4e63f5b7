import { Link } from 'react-router';
import { KindIcon } from './kind-icon.tsx';

export interface AssetLinkProps {
  readonly asset: { readonly __typename?: string; readonly id: string; readonly displayName: string };
}

/** The address of a record's page. A global id may contain any character. */
export const assetPath = (id: string): string => `/asset/${encodeURIComponent(id)}`;

/** The address of what surrounds a record. */
export const graphPath = (id: string): string => `/graph?${new URLSearchParams({ root: id })}`;

/** A record by its title, with the sign of its type. */
export const AssetLink = ({ asset: { __typename = '', id, displayName } }: AssetLinkProps) => (
  <Link className="asset-link" to={assetPath(id)}>
    <KindIcon type={__typename} />
    {displayName}
  </Link>
);
