// What MuJoCo says of a model: its dump, steps from many states, a free run; the solver runs to its end.
import { dump } from '../oracle/dump.mjs';
import { drawControl, drawState } from '../oracle/draw.mjs';
import { generator } from '../oracle/random.mjs';
import { state } from '../oracle/observe.mjs';

const SEED = 20261124;
const HOLD = 10;
// Pairs of these kinds MuJoCo finds by an iterative search; a plane makes any pair a closed form.
const [PLANE, FIELD, ELLIPSOID, CYLINDER, MESH] = [0, 1, 4, 5, 7];
const SEARCHED = new Set([FIELD, ELLIPSOID, CYLINDER, MESH]);
const SPHERE_LIKE = new Set([2, 3, 6]);

function settle(model) {
  model.opt.tolerance = 0;
  model.opt.iterations = 1000;
  model.opt.ls_tolerance = 1e-10;
  model.opt.ls_iterations = 60;
}

// Whether a contact of the state comes from a search.
function searched(model, data) {
  const list = data.contact;
  let found = false;
  for (let i = 0; i < data.ncon; i++) {
    const contact = list.get(i);
    const kinds = [contact.geom1, contact.geom2].map(geom => model.geom_type[geom]).sort((a, b) => a - b);
    contact.delete();
    const closed = kinds[0] === PLANE || kinds.every(kind => SPHERE_LIKE.has(kind))
      || (kinds[0] === 2 && kinds[1] === CYLINDER);
    found ||= !closed && kinds.some(kind => SEARCHED.has(kind));
  }
  list.delete();
  return found;
}

// One step from the state that data holds, cold.
function step(mujoco, model, data) {
  const before = [...state(data), ...data.ctrl];
  data.qacc_warmstart.fill(0);
  mujoco.mj_step(model, data);
  return { before, after: [...data.qacc, ...state(data)], contacts: data.ncon, rows: data.nefc,
    searched: searched(model, data) };
}

function states(mujoco, model, data, count) {
  return [...Array(count).keys()].map(k => {
    const random = generator(SEED + 7919 * k);
    mujoco.mj_resetData(model, data);
    drawState(mujoco, k % 2 ? 'menagerie-anywhere' : 'menagerie-near-home', model, data, random, k);
    return step(mujoco, model, data);
  });
}

// From the first keyframe, or the reference; another random control every 10 steps, within its range.
function run(mujoco, model, data, count) {
  const random = generator(SEED);
  mujoco.mj_resetData(model, data);
  if (model.nkey > 0) {
    mujoco.mj_resetDataKeyframe(model, data, 0);
  }
  const start = state(data);
  const steps = [];
  for (let k = 0; k < count; k++) {
    if (k % HOLD === 0) {
      drawControl(model, data, random);
    }
    steps.push(step(mujoco, model, data));
  }
  return { start, steps };
}

export function reference(mujoco, model, stateCount, stepCount) {
  const compiled = dump(mujoco, model);
  settle(model);
  const data = new mujoco.MjData(model);
  const result = {
    compiled, positions: model.nq, dofs: model.nv, activations: model.na, actuators: model.nu,
    states: states(mujoco, model, data, stateCount),
    run: run(mujoco, model, data, stepCount),
  };
  data.delete();
  return result;
}
