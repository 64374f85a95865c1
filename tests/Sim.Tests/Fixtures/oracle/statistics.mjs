// Many drops of one model: where trajectories part through contact, their means must not.
import { generator } from './random.mjs';
import { drawState } from './draw.mjs';
import { massMatrix, state } from './observe.mjs';

const LIFT = 0.05; // m, of every free body above its drawn start
const MIDDLE = 80; // step at which bodies still move

const free = model => [...Array(model.njnt).keys()].filter(joint => model.jnt_type[joint] === 0);

function kinetic(mujoco, model, data) {
  const full = massMatrix(mujoco, model, data);
  let twice = 0;
  for (let i = 0; i < model.nv; i++) {
    for (let j = 0; j < model.nv; j++) {
      twice += data.qvel[i] * full[i * model.nv + j] * data.qvel[j];
    }
  }
  return twice / 2;
}

function deepest(data) {
  const list = data.contact;
  let least = 0;
  for (let i = 0; i < data.ncon; i++) {
    const contact = list.get(i);
    least = Math.min(least, contact.dist);
    contact.delete();
  }
  list.delete();
  return least;
}

// Start, then mean height of the free bodies and deepest contact at the end, vertical impulse of
// all constraints on them, kinetic energy in the middle.
function drop(mujoco, model, data, name, seed, steps) {
  mujoco.mj_resetData(model, data);
  drawState(mujoco, name, model, data, generator(4242 + 31 * seed), seed);
  const bodies = free(model);
  bodies.forEach(joint => { data.qpos[model.jnt_qposadr[joint] + 2] += LIFT; });
  const out = [...state(data), ...data.ctrl];
  let [impulse, energy] = [0, 0];
  for (let k = 0; k < steps; k++) {
    if (k === MIDDLE) {
      mujoco.mj_forward(model, data);
      energy = kinetic(mujoco, model, data);
    }
    mujoco.mj_step(model, data);
    bodies.forEach(joint => {
      impulse += model.opt.timestep * data.qfrc_constraint[model.jnt_dofadr[joint] + 2];
    });
  }
  const height = bodies.reduce((sum, joint) => sum + data.qpos[model.jnt_qposadr[joint] + 2], 0);
  return [...out, height / bodies.length, deepest(data), impulse, energy];
}

export function statistics(mujoco, model, data, name, size) {
  const out = [];
  for (let seed = 0; seed < size.seeds; seed++) {
    out.push(...drop(mujoco, model, data, name, seed, size.seedSteps));
  }
  return out;
}
