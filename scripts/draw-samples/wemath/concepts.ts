/** What each concept used here means, in our words; the names are those of the published knowledge tree. */
const conceptNotes: Readonly<Record<string, readonly string[]>> = {
  'Conversion Rates and Calculations Between Length Units': [
    'One metre has 10 decimetres or 100 centimetres.',
    'Towards the smaller unit one multiplies, towards the larger one divides.',
  ],
  'Perimeter of Rectangles': ['Add length and width and double the sum.'],
  'Sum of Interior Angles of Triangles': ['The three angles of any triangle make 180° together.'],
  'Calculation and Comparison of Angles': ['Angles that lie side by side on a straight line make 180° together.'],
  'Understanding Circles': [
    'Every point of a circle has the same distance, the radius, from its centre.',
    'A diameter is two radii long.',
  ],
  'Area of Circles': ['The area is π times the square of the radius.'],
  'Area of Rectangles': ['The area is length times width.'],
  'Area of Triangles': ['The area is half of base times height.'],
  'Representing Positions Using Ordered Pairs': ['The first number counts to the right, the second counts upwards.'],
  Translation: ['A translation moves every point by the same distance in the same direction.'],
  'Southeast, Southwest, Northeast, Northwest Directions': [
    'Northeast lies halfway between north and east; the other three are named in the same way.',
  ],
  'Describing Simple Routes Based on Direction and Distance': [
    'A route is told leg by leg, each with its direction and its distance.',
  ],
  'Perimeter of Squares': ['The perimeter is four times the side.'],
  'Area of Squares': ['The area is the side times itself.'],
  'Volume and Capacity of Rectangular Cuboids': [
    'The volume is length times width times height, or base area times height.',
  ],
  'Conversion Rates and Calculations Between Volume Units (Including Liters and Milliliters)': [
    'One cubic decimetre is one liter.',
    'One liter has 1000 milliliters.',
  ],
  Parallel: ['Parallel lines of a plane never meet.', 'Opposite sides of a parallelogram are parallel.'],
  'Area of Parallelograms': ['The area is base times height.'],
};

/** The description of a row: each concept with its numbered notes. */
export function describeConcepts(concepts: readonly string[]): string {
  return concepts
    .map((concept) => {
      const notes = conceptNotes[concept];
      if (notes === undefined) throw new Error(`There is no note on the concept "${concept}".`);
      return `${concept}:\n${notes.map((note, index) => `${index + 1}. ${note}`).join('\n')}`;
    })
    .join('\n');
}
