import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { staleFixtures } from '../../scripts/build-fixtures.mjs';

it('every built fixture is what its source says', async () => {
  expect(await staleFixtures()).toEqual([]);
});
