// One fixture: everything the gates G1 to G8 compare, for one model.
import path from 'node:path';
import { generator } from './random.mjs';
import { compile } from './models.mjs';
import { drawControl, drawState } from './draw.mjs';
import { constants, observe, state } from './observe.mjs';
import { statistics } from './statistics.mjs';

const SEED = 20260101;
const [CONTACT_OFF, DENSE] = [1 << 4, 0];
const RUNGE_KUTTA = 1;
const KINDS = ['plane', 'hfield', 'sphere', 'capsule', 'ellipsoid', 'cylinder', 'box', 'mesh'];
const DIFFERENCE = 1e-6;
// Models whose many drops are compared by their means.
const DROPPED = ['condim-pyramidal', 'condim-elliptic', 'arm-box'];

const encode = numbers => Buffer.from(new Float64Array(numbers).buffer).toString('base64');

function reset(mujoco, model, data, name, index) {
  const random = generator(SEED + 7919 * index);
  mujoco.mj_resetData(model, data);
  drawState(mujoco, name, model, data, random, index);
  return random;
}

// Random states, each with the results of mj_forward there and the state one step later.
function states(mujoco, model, data, name, count) {
  const out = [];
  for (let k = 0; k < count; k++) {
    reset(mujoco, model, data, name, k);
    const flat = [...state(data), ...data.ctrl];
    flat.push(...observe(mujoco, model, data));
    data.qacc_warmstart.fill(0);
    mujoco.mj_step(model, data);
    flat.push(...state(data));
    out.push(flat.length, ...flat);
  }
  return out;
}

// Start, then control and state of every step (or of some); controls change every 50 steps or more.
function rollout(mujoco, model, data, name, steps, every, speed = 1) {
  const random = reset(mujoco, model, data, name, 0);
  for (let i = 0; i < model.nv; i++) {
    data.qvel[i] *= speed;
  }
  const out = [...state(data)];
  for (let k = 0; k < steps; k++) {
    if (k % Math.max(50, every) === 0) {
      drawControl(model, data, random);
    }
    mujoco.mj_step(model, data);
    if ((k + 1) % every === 0) {
      out.push(...data.ctrl, ...state(data));
    }
  }
  return out;
}

// d(next state)/d(state) and d(next state)/d(control), centred; MuJoCo has none of RK4.
function derivatives(mujoco, model, data, name, count) {
  const n = 2 * model.nv + model.na;
  const out = [];
  const a = new mujoco.DoubleBuffer(n * n);
  const b = new mujoco.DoubleBuffer(Math.max(1, n * model.nu));
  for (let k = 0; k < count; k++) {
    reset(mujoco, model, data, name, 3 * k + 1);
    out.push(...state(data), ...data.ctrl);
    mujoco.mjd_transitionFD(model, data, DIFFERENCE, true, a, model.nu ? b : null, null, null);
    out.push(...a.GetView(), ...(model.nu ? b.GetView() : []));
  }
  a.delete();
  b.delete();
  return out;
}

// Same model, contact off, 1 ms; slow at the start, as fast chains multiply round-off within 2 s.
function freeRun(mujoco, model, data, name, steps, every) {
  const [flags, timeStep] = [model.opt.disableflags, model.opt.timestep];
  model.opt.disableflags |= CONTACT_OFF;
  model.opt.timestep = 0.001;
  const out = rollout(mujoco, model, data, name, steps, every, 0.25);
  model.opt.disableflags = flags;
  model.opt.timestep = timeStep;
  return out;
}

export function fixture(mujoco, file, size, withoutMeshes) {
  const name = path.basename(file, '.xml');
  const model = compile(mujoco, file, withoutMeshes);
  const data = new mujoco.MjData(model);
  const derived = model.opt.integrator === RUNGE_KUTTA ? 0 : size.derivatives;
  // To the minimum, and every row in a dense Jacobian.
  model.opt.tolerance = 0;
  model.opt.iterations = 50;
  model.opt.ls_tolerance = 1e-10;
  model.opt.ls_iterations = 40;
  model.opt.jacobian = DENSE;
  const made = constants(mujoco, model, data);
  const text = JSON.stringify({
    made: 'generate.mjs with MuJoCo ' + mujoco.mj_versionString(),
    model: path.basename(file),
    positions: model.nq, dofs: model.nv, activations: model.na, actuators: model.nu,
    bodies: model.nbody, geoms: model.ngeom, tendons: model.ntendon, sensors: model.nsensordata,
    timeStep: model.opt.timestep,
    geomKinds: Array.from(model.geom_type, type => KINDS[type]),
    states: size.states, steps: size.steps, freeSteps: size.freeSteps, freeEvery: size.freeEvery,
    derivatives: derived,
    seeds: DROPPED.includes(name) ? size.seeds : 0, seedSteps: size.seedSteps,
    constants: Object.fromEntries(Object.entries(made).map(([key, value]) => [key, encode(value)])),
    state: encode(states(mujoco, model, data, name, size.states)),
    rollout: encode(rollout(mujoco, model, data, name, size.steps, 1)),
    free: encode(freeRun(mujoco, model, data, name, size.freeSteps, size.freeEvery)),
    drops: encode(DROPPED.includes(name) ? statistics(mujoco, model, data, name, size) : []),
    transition: encode(derivatives(mujoco, model, data, name, derived)),
  }, null, 1) + '\n';
  data.delete();
  model.delete();
  return text;
}
