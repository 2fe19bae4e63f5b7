import { Page } from '../../components/page.tsx';
import { UnmatchedSide } from './unmatched-side.tsx';
import './unmatched.css';

/** What has no counterpart on the other side, with the reasons, both sides beside each other. */
export const UnmatchedView = () => (
  <Page title="Without a counterpart" tab="Unmatched" isWide>
    <p className="unmatched-lead">
      What an account holds and no network shows, and what a network shows and no account holds. Most of it could not be
      compared at all; <code>NOT_IN_CLOUD_INVENTORY</code> is positive evidence.
    </p>
    <div className="unmatched-sides">
      <UnmatchedSide side="CLOUD" title="In an account, seen on no network" />
      <UnmatchedSide side="NETWORK" title="On a network, in no account" />
    </div>
  </Page>
);
