// The same questions put to the command line program, as its users would.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const PATIENCE = 120_000;

// Standard output of a command; a refusal becomes an error with what the program said.
function call(program, args) {
  const done = spawnSync(program, ['sim', ...args], { encoding: 'utf8', timeout: PATIENCE, maxBuffer: 1 << 28 });
  if (done.status !== 0) {
    const said = (done.stderr || done.stdout || String(done.error ?? done.signal)).trim();
    throw new Error(said.replace(/^hilrig: /, ''));
  }
  return done.stdout;
}

const names = (word, count) => [...Array(count).keys()].map(i => word + i);
const table = (header, rows) => [header.join(','), ...rows.map(row => row.join(','))].join('\n') + '\n';
const readTable = file => fs.readFileSync(file, 'utf8').trim().split('\n').slice(1)
  .map(line => line.split(',').map(Number));

export class Ours {
  constructor(program, file, options, scratch) {
    Object.assign(this, { program, file, options, scratch });
  }

  check() {
    return call(this.program, ['check', this.file, ...this.options]);
  }

  dump() {
    return JSON.parse(call(this.program, ['dump', this.file, '--json', ...this.options]));
  }

  // Rows of [acceleration, next state].
  step(shape, states) {
    const header = ['qpos', 'qvel', 'act', 'ctrl'].flatMap((word, i) =>
      names(word, [shape.positions, shape.dofs, shape.activations, shape.actuators][i]));
    const [from, to] = this.#files('states.csv', 'stepped.csv');
    fs.writeFileSync(from, table(header, states));
    call(this.program, ['step', '--model', this.file, '--backend', 'double', '--states', from, '--out', to,
      ...this.options]);
    return readTable(to);
  }

  // States after each step, the start left out. Without actuators nothing but the number of steps counts.
  rollout(shape, start, controls) {
    const header = ['qpos', 'qvel', 'act'].flatMap((word, i) =>
      names(word, [shape.positions, shape.dofs, shape.activations][i]));
    const [from, by, to] = this.#files('start.csv', 'controls.csv', 'run.csv');
    fs.writeFileSync(from, table(header, [start]));
    fs.writeFileSync(by, table(names('ctrl', shape.actuators), controls));
    const driven = shape.actuators > 0 ? ['--controls', by] : ['--steps', String(controls.length)];
    call(this.program, ['rollout', '--model', this.file, '--backend', 'double', '--init', from,
      ...driven, '--out', to, ...this.options]);
    return readTable(to).slice(1).map(row => row.slice(1));
  }

  // Env-steps a second of processor time, in vectors of floats.
  bench() {
    return JSON.parse(call(this.program, ['bench', '--model', this.file, '--envs', '64', '--seconds', '0.05',
      '--threads', '1', '--backend', 'simd', '--json', ...this.options]));
  }

  #files(...all) {
    return all.map(name => path.join(this.scratch, name));
  }
}
