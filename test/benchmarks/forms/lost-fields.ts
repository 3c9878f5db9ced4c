/** Fields that a form does not carry, with the number of problems that have them otherwise. */
export type Lost = Readonly<Record<string, number>>;

const unlabelled = (rows: number): Lost => ({
  'facets.context': rows,
  'facets.category': rows,
  'facets.grade': rows,
  'facets.language': rows,
  'facets.source': rows,
});

export const lostInSamples: Readonly<Record<string, Lost>> = {
  'mathvision:test tsv': { 'facets.level': 32 },
  'mathvision:testmini tsv': { 'facets.level': 16 },
  'mathvista:testmini tsv': unlabelled(31),
  'wemath:testmini tsv': { prompt: 26 },
};

/** Four questions of MathVista end in white space that no query has; We-Math's options are parted in many ways. */
export const lostInPublished: Readonly<Record<string, Lost>> = {
  'mathvision:test tsv': { 'facets.level': 3040 },
  'mathvision:testmini tsv': { 'facets.level': 304 },
  'mathvista:testmini tsv': { question: 4, ...unlabelled(1000) },
  'wemath:testmini tsv': { prompt: 973 },
};
