// Makes parity fixtures with MuJoCo's WebAssembly build: compiled constants, random states with
// their results, rollouts, derivatives. The solver runs to the end (tolerance 0). Same script, same
// bits: it draws from its own generator and MuJoCo brings its own mathematics library. A large
// fixture begins with the states of the small one.
//
//   node generate.mjs                      all own models -> data/*.json, small
//   node generate.mjs full OUT NAME…       own models of these names (none: all), as the gates ask
//   node generate.mjs bare MODEL OUT.json  any one model, its meshes stripped, as the gates ask
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import loadMujoco from '@mujoco/mujoco';
import { fixture } from './oracle/fixture.mjs';

const SMALL = {
  states: 20, steps: 60, freeSteps: 100, freeEvery: 25, derivatives: 1, seeds: 8, seedSteps: 150,
};
const FULL = {
  states: 200, steps: 1000, freeSteps: 2000, freeEvery: 100, derivatives: 4, seeds: 256, seedSteps: 150,
};
const here = path.dirname(fileURLToPath(import.meta.url));
const shipped = path.join(here, '..', '..', '..', 'models');

function ownModels(names) {
  const all = [
    ...['so101.xml', 'so101-hidden.xml', 'pendulum.xml', 'pendulum-xl330.xml']
      .map(name => path.join(shipped, name)),
    ...fs.readdirSync(path.join(here, 'models')).filter(name => name.endsWith('.xml')).sort()
      .map(name => path.join(here, 'models', name)),
  ];
  return names.length ? all.filter(file => names.includes(path.basename(file, '.xml'))) : all;
}

const mujoco = await loadMujoco();
const [kind, first, ...rest] = process.argv.slice(2);
if (kind === 'bare') {
  fs.writeFileSync(rest[0], fixture(mujoco, first, FULL, true));
} else {
  const size = kind === 'full' ? FULL : SMALL;
  const folder = kind === 'full' ? first : process.env.HILRIG_FIXTURE_OUT ?? path.join(here, 'data');
  for (const file of ownModels(rest)) {
    const target = path.join(folder, path.basename(file, '.xml') + '.json');
    fs.writeFileSync(target + '.part', fixture(mujoco, file, size, false));
    fs.renameSync(target + '.part', target);
  }
}
