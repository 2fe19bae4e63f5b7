import { Bar, BarChart, Cell, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';

export interface BarRow {
  /** Unique among the rows. */
  readonly id: string;
  readonly label: string;
  readonly value: number;
  /** The value as people read it. */
  readonly text: string;
  /** A colour of `tokens.css`. */
  readonly color: string;
}

export interface BarsProps {
  /** What is counted, by what. */
  readonly caption: string;
  readonly rows: readonly BarRow[];
}

const ROW_HEIGHT = 28;
const LABEL_WIDTH = 140;
const LONGEST_LABEL = 19;

const shortened = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;

const RowLabel = ({ y, label }: { readonly y: number; readonly label: string }) => (
  <text x={0} y={y} dy="0.35em" fill="var(--text)" fontSize={13}>
    <title>{label}</title>
    {shortened(label)}
  </text>
);

/** Values side by side as bars, and as a table for who does not see them. */
export const Bars = ({ caption, rows }: BarsProps) => (
  <figure className="bars">
    <div aria-hidden="true">
      <ResponsiveContainer width="100%" height={rows.length * ROW_HEIGHT}>
        <BarChart
          data={rows as BarRow[]}
          layout="vertical"
          margin={{ top: 0, right: 64, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[0, 'dataMax']} />
          <YAxis
            type="category"
            dataKey="id"
            width={LABEL_WIDTH}
            axisLine={false}
            tickLine={false}
            interval={0}
            tick={({ y, index }) => <RowLabel y={Number(y)} label={rows[index]?.label ?? ''} />}
          />
          <Bar dataKey="value" barSize={12} radius={[3, 3, 3, 3]} minPointSize={2} isAnimationActive={false}>
            {rows.map(({ id, color }) => (
              <Cell key={id} fill={`var(--${color})`} />
            ))}
            <LabelList dataKey="text" position="right" fill="var(--quiet)" fontSize={13} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
    <div className="visually-hidden">
      <table>
        <caption>{caption}</caption>
        <tbody>
          {rows.map(({ id, label, text }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </figure>
);
