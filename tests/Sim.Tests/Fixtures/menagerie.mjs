// Robots that nobody tuned for, through `hilrig sim` and MuJoCo; prints a table in Markdown (bench/menagerie).
//
//   node menagerie.mjs PROGRAM [--meshes] [--faults] FILE|FOLDER...
//
// PROGRAM is the built hilrig. Without --meshes both go without mesh geoms. --faults prints every
// difference of a dump, and all that a refusal said. MuJoCo's answer counts: what it refuses is not a robot.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import loadMujoco from '@mujoco/mujoco';
import { differences } from './menagerie/difference.mjs';
import { Ours } from './menagerie/ours.mjs';
import { reference } from './menagerie/reference.mjs';
import { bare, whole } from './menagerie/files.mjs';

const [STATES, STEPS, CONTACTS] = [40, 100, '1000'];

const largest = (values, from = 0, to = values.length) =>
  values.slice(from, to).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const apart = (own, wanted, from = 0, to = wanted.length) => {
  let most = 0;
  for (let i = from; i < to; i++) {
    const error = Math.abs(own[i] - wanted[i]);
    most = error <= most ? most : error;
  }
  return most;
};

// Relative to the largest acceleration, position and velocity of the state, the worst of the three.
function stepError(shape, own, wanted) {
  const n = shape.dofs;
  const parts = [[0, n], [n, n + shape.positions], [n + shape.positions, wanted.length]];
  return Math.max(...parts.map(([from, to]) => apart(own, wanted, from, to) / Math.max(1, largest(wanted, from, to))));
}

const stateError = (own, wanted) => apart(own, wanted) / Math.max(1, largest(wanted));
const worst = list => (list.length ? Math.max(...list.map(value => (Number.isNaN(value) ? Infinity : value))) : null);
const number = value => (value === null ? '–' : value === 0 ? '0' : value.toExponential(1));

function measure(mujoco, model, ours) {
  const wanted = reference(mujoco, model, STATES, STEPS);
  const faults = differences(ours.dump(), wanted.compiled);
  const all = [...wanted.states, ...wanted.run.steps].filter(step => step.after.every(Number.isFinite));
  const stepped = ours.step(wanted, all.map(step => step.before));
  const errors = all.map((step, i) => stepError(wanted, stepped[i], step.after));
  const run = ours.rollout(wanted, wanted.run.start,
    wanted.run.steps.map(step => step.before.slice(step.before.length - wanted.actuators)));
  const free = wanted.run.steps.map((step, i) => stateError(run[i], step.after.slice(wanted.dofs)));
  return {
    dofs: wanted.dofs, contacts: worst(all.map(step => step.contacts)), rows: worst(all.map(step => step.rows)), faults,
    closed: worst(errors.filter((_, i) => !all[i].searched)), searched: worst(errors.filter((_, i) => all[i].searched)),
    free: [1, 10, 100].map(count => worst(free.slice(0, count))),
    worstState: errors.indexOf(worst(errors)), speed: ours.bench().envStepsPerSecond,
  };
}

function row(mujoco, program, file, options, scratch) {
  const name = options.name(file);
  const prepared = (options.meshes ? whole : bare)(file, scratch);
  const skips = options.meshes ? [] : ['--skip-meshes', '--skip-sensors'];
  const ours = new Ours(program, prepared.file, [...skips, '--contacts', CONTACTS], scratch);
  let [model, said, refused] = [];
  try {
    said = ours.check();
  } catch (fault) {
    refused = fault.message;
  }
  try {
    model = prepared.compile(mujoco, [...(said ?? '').matchAll(/sensor <(\w+)> skipped/g)].map(match => match[1]));
  } catch (fault) {
    return { name, outside: `MuJoCo refuses it: ${String(mujoco.message ?? fault.message ?? fault).split('\n')[0]}` };
  }
  if (refused) {
    model.delete();
    return { name, refused };
  }
  try {
    return { name, ...measure(mujoco, model, ours) };
  } catch (fault) {
    return { name, failed: fault.message ?? String(fault) };
  } finally {
    model.delete();
  }
}

function modelFiles(place) {
  if (fs.statSync(place).isFile()) {
    return [place];
  }
  return fs.readdirSync(place, { recursive: true }).sort().map(name => path.join(place, name))
    .filter(file => /\.(xml|urdf)$/.test(file) && /<(mujoco|robot)[\s>]/.test(fs.readFileSync(file, 'utf8')));
}

function line(result) {
  const short = text => text.replace(/\S*\/(\S+)/g, '$1').replace(/\s+/g, ' ').replace(/\|/g, '/').slice(0, 220);
  if (result.outside || result.refused || result.failed) {
    const why = result.outside ?? (result.refused ? `refused: ${result.refused}` : `FAILED: ${result.failed}`);
    return `| ${result.name} | | | | | | | | | | | ${short(why)} |`;
  }
  const dump = result.faults.length === 0 ? 'equal'
    : `${result.faults.length} differ, ${number(worst(result.faults.map(fault => fault.error)))}`;
  return `| ${[result.name, result.dofs, result.contacts, result.rows, dump, number(result.closed),
    number(result.searched), ...result.free.map(number), Math.round(result.speed / 1000) + ' k'].join(' | ')} | |`;
}

const args = process.argv.slice(2);
const take = flag => args.includes(flag) && args.splice(args.indexOf(flag), 1).length > 0;
const [meshes, faults] = [take('--meshes'), take('--faults')];
const [program, ...places] = args;
const mujoco = await loadMujoco();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'hilrig-menagerie-'));
console.log(`MuJoCo ${mujoco.mj_versionString()}, ${STATES} random states and a run of ${STEPS} steps each\n`);
console.log('| model | dof | contacts | rows | dump | step | step, searched contacts | run 1 | run 10 | run 100 '
  + '| env-steps a CPU second | why not |');
console.log('|' + '---|'.repeat(12));
for (const place of places) {
  const name = file => path.relative(path.dirname(path.resolve(place)), path.resolve(file));
  for (const file of modelFiles(place)) {
    const result = row(mujoco, program, file, { meshes, name }, scratch);
    console.log(line(result));
    if (faults) {
      result.faults?.slice(0, 12).forEach(fault => console.log(`    ${fault.where}: ${fault.what}`.slice(0, 300)));
      [result.refused, result.failed].filter(Boolean).forEach(text => console.log('    ' + text));
      if (result.worstState !== undefined) {
        console.log(`    worst state ${result.worstState}`);
      }
    }
  }
}
fs.rmSync(scratch, { recursive: true });
