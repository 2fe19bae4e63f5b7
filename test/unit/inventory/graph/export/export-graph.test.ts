import { execFileSync } from 'node:child_process';
import DOMPurify from 'dompurify';
import fc from 'fast-check';
import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import { type Drawing, exportGraph } from '#inventory/graph/export-graph.ts';
import { needs, TOOLS } from '../../../../support/tools.ts';
import { arrow } from '../arrows.ts';
import { elementsOf } from './well-formed-xml.ts';

// Mermaid's parser cleans labels with DOMPurify, which is inert without a browser; the grammar under test is not.
Object.assign(DOMPurify, { addHook: () => {}, sanitize: (text: string) => text });

const HOSTILE = [
  'plain-01',
  'with "quotes" and \\backslash\\',
  '</script><script>alert(1)</script>',
  'line\nbreak\r\nand\ttab',
  '"]; evil -> node; x["',
  'end',
  'a & b &amp; &#34; #quot; 100%',
  '`md` **bold** %% comment',
  'bücher 日本 🚀',
  'null\u0000 and bell\u0007',
  '{{}} [[]] (()) |pipe| ;',
  'ends with a backslash \\',
  '\\N\\G\\l <b>html</b>',
  ']]> <!-- -->',
  '\ud800 lone',
  '',
];

const drawing: Drawing = {
  vertices: HOSTILE.map((label, n) => ({ id: `id ${n} "${label}"`, label, kind: n === 5 ? 'end' : 'ec2' })),
  arrows: [
    ...HOSTILE.slice(1).map((label, n) => arrow(`id ${n} "${HOSTILE[n]}"`, 'USES', `id ${n + 1} "${label}"`)),
    { ...arrow(`id 0 "${HOSTILE[0]}"`, 'OTHER', `id 0 "${HOSTILE[0]}"`), relationship: '<&"\'>' },
    arrow(`id 0 "${HOSTILE[0]}"`, 'USES', 'not drawn'),
  ],
};

const labelled = (label: string): Drawing => ({
  vertices: [{ id: 'a', label, kind: label }],
  arrows: [arrow('a', 'USES', 'a')],
});

const DOT = TOOLS.Graphviz.path ?? 'dot';

const render = (dot: string): string =>
  execFileSync(DOT, ['-Tplain'], { input: dot, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

describe('DOT', () => {
  it('is rendered by Graphviz, hostile labels included, without a vertex more or less', needs('Graphviz'), () => {
    const lines = render(exportGraph(drawing, 'DOT')).split('\n');
    expect(lines.filter((line) => line.startsWith('node '))).toHaveLength(HOSTILE.length);
    expect(lines.filter((line) => line.startsWith('edge '))).toHaveLength(HOSTILE.length);
  });

  it('is rendered by Graphviz with whatever label', needs('Graphviz'), () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        expect(render(exportGraph(labelled(label), 'DOT'))).toMatch(/^graph /);
      }),
      { numRuns: 20 },
    );
  });
});

describe('Mermaid', () => {
  it("is accepted by Mermaid's own parser, hostile labels included", async () => {
    expect(await mermaid.parse(exportGraph(drawing, 'MERMAID'))).toMatchObject({ diagramType: 'flowchart-v2' });
    expect(await mermaid.parse(exportGraph({ vertices: [], arrows: [] }, 'MERMAID'))).toBeTruthy();
  });

  it("is accepted by Mermaid's own parser with whatever label", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (label) => {
        expect(await mermaid.parse(exportGraph(labelled(label), 'MERMAID'))).toBeTruthy();
      }),
    );
  });

  it('is refused by that parser when it is broken', async () => {
    await expect(mermaid.parse('flowchart LR\n  v0["open]\n')).rejects.toThrow();
  });
});

describe('GraphML', () => {
  it('is well-formed with whatever label, and holds every vertex and arrow', () => {
    const names = elementsOf(exportGraph(drawing, 'GRAPHML'));
    expect(names.filter((name) => name === 'node')).toHaveLength(HOSTILE.length);
    expect(names.filter((name) => name === 'edge')).toHaveLength(HOSTILE.length);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        expect(elementsOf(exportGraph(labelled(label), 'GRAPHML'))).toContain('edge');
      }),
    );
  });
});

describe('Cytoscape', () => {
  it('has elements with unique ids whose edges join listed nodes', () => {
    const { elements } = JSON.parse(exportGraph(drawing, 'CYTOSCAPE')) as {
      elements: {
        nodes: { data: { id: string; label: string } }[];
        edges: { data: { id: string; source: string; target: string } }[];
      };
    };
    const ids = new Set(elements.nodes.map(({ data }) => data.id));
    expect(ids.size).toBe(HOSTILE.length);
    expect(elements.nodes.map(({ data }) => data.label)).toEqual(HOSTILE);
    expect(new Set(elements.edges.map(({ data }) => data.id)).size).toBe(HOSTILE.length);
    for (const { data } of elements.edges) expect([ids.has(data.source), ids.has(data.target)]).toEqual([true, true]);
  });
});
