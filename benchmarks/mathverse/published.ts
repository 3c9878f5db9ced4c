import { numberedIds, type PublishedSplit } from '../../src/problems/published.ts';
import { officialIndices } from './official-names.ts';

const problems = 788;

/** Of the 788 problems, as the rows without picture state it; the versions with one are of the same problems. */
const perProblem = {
  subject: { 'Plane Geometry': 510, Functions: 159, 'Solid Geometry': 119 },
  subfield: {
    Angle: 193,
    Length: 182,
    Applied: 109,
    Area: 91,
    Property: 71,
    Volume: 51,
    Analytic: 43,
    Expression: 32,
    Coordinate: 16,
  },
  source: {
    GeoQA: 197,
    Functions_collected: 161,
    Geo2D_collected: 147,
    Geometry3K: 129,
    Geo3D_collected: 119,
    GEOS: 35,
  },
};

const versions = ['Text Dominant', 'Text Lite', 'Vision Intensive', 'Vision Dominant', 'Vision Only'];

function times(factor: number, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([value, count]) => [value, factor * count]));
}

/** MathVerse as published in April 2024. */
export const mathversePublished: Readonly<Record<string, PublishedSplit>> = {
  testmini: {
    rows: versions.length * problems,
    ids: numberedIds(versions.length * problems),
    idOf: ({ group, facets }) => {
      const [version = ''] = facets['version'] ?? [];
      if (!versions.includes(version)) return '';
      const names = { sampleIndex: undefined, problemIndex: Number(group), version };
      return String(officialIndices(names).sample);
    },
    facets: {
      version: Object.fromEntries(versions.map((version) => [version, problems])),
      subject: times(versions.length, perProblem.subject),
      subfield: times(versions.length, perProblem.subfield),
      source: times(versions.length, perProblem.source),
    },
  },
  'text-only': {
    rows: problems,
    ids: numberedIds(problems).map((index) => `text-only-${index}`),
    idOf: ({ group }) => `text-only-${group}`,
    facets: { version: { 'Text Only': problems }, ...perProblem },
    copies: [
      ['text-only-443', 'text-only-446'],
      ['text-only-451', 'text-only-596'],
      ['text-only-452', 'text-only-601'],
      ['text-only-455', 'text-only-619'],
      ['text-only-685', 'text-only-745'],
    ],
  },
};
