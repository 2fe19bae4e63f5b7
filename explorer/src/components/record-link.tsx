import { Link } from 'react-router';
import { assetPath } from './asset-link.tsx';

/** A record that is no asset, by its name. */
export const RecordLink = ({ id, name }: { readonly id: string; readonly name: string }) => (
  <Link to={assetPath(id)}>{name}</Link>
);
