import { Link } from 'react-router';
import { Answer } from '../../components/answer.tsx';
import { assetPath } from '../../components/asset-link.tsx';
import { FirstOf } from '../../components/first-of.tsx';
import { Moment } from '../../components/moment.tsx';
import { Severity } from '../../components/severity.tsx';
import { Unknown } from '../../components/unknown.tsx';
import { AssetFindings } from './operations.ts';

/** What was found about a resource, what is open first. */
export const Findings = ({ id }: { readonly id: string }) => (
  <Answer title="Findings" operation={AssetFindings} variables={{ id }}>
    {({ resource }, error) => {
      if (!resource?.findings) return <Unknown error={error} field="resource" />;
      const { nodes, totalCount } = resource.findings;
      if (nodes.length === 0) return <p className="quiet">Nothing was found about it.</p>;
      const openFirst = [...nodes].sort((a, b) => Number(b.status === 'OPEN') - Number(a.status === 'OPEN'));
      return (
        <>
          <ul className="panel rows">
            {openFirst.map(({ id: finding, severity, status, summary, lastDetectedAt }) => (
              <li key={finding}>
                <Severity of={severity} />
                <div>
                  <Link to={assetPath(finding)}>{summary}</Link>
                  <small className="quiet">
                    {status.toLowerCase()}
                    {lastDetectedAt && (
                      <>
                        , last found <Moment at={lastDetectedAt} />
                      </>
                    )}
                  </small>
                </div>
              </li>
            ))}
          </ul>
          <FirstOf shown={nodes.length} total={totalCount} />
        </>
      );
    }}
  </Answer>
);
