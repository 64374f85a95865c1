// What MuJoCo's WebAssembly build compiled from a model, in the form of `hilrig sim dump`.
const GEOMS = ['plane', 'heightfield', 'sphere', 'capsule', 'ellipsoid', 'cylinder', 'box', 'mesh'];
const JOINTS = ['free', 'ball', 'slide', 'hinge'];
const TRANSMISSIONS = { 0: 'joint', 1: 'jointinparent', 3: 'tendon', 4: 'site' };
const DYNAMICS = ['none', 'integrator', 'filter', 'filterexact'];
const EQUALITIES = ['connect', 'weld', 'joint', 'tendon'];
const BODY = 1;

// The package cannot hand out arrays of booleans. They lie in the model's one buffer, each array at
// the next multiple of 64 bytes, between two arrays that it can hand out; that they end where the
// next begins is checked.
function flags(before, after, count, ...names) {
  const aligned = offset => Math.ceil(offset / 64) * 64;
  const memory = new Uint8Array(before.buffer);
  const out = {};
  let offset = before.byteOffset + before.byteLength;
  for (const name of names) {
    offset = aligned(offset);
    out[name] = Array.from(memory.subarray(offset, offset + count));
    offset += count;
  }
  if (count > 0 && aligned(offset) !== after.byteOffset) {
    throw new Error(`${names} do not lie where they should`);
  }
  return out;
}

const values = (array, stride, index, count = stride) =>
  Array.from(array.subarray(stride * index, stride * index + count));
const range = (limited, array, index) => (limited[index] ? values(array, 2, index) : null);
const list = (count, make) => [...Array(count).keys()].map(make);

// Inertia about the centre of mass in the body's axes: R diag(d) R^T, order xx yy zz xy xz yz.
function inertia(model, body) {
  const [w, x, y, z] = values(model.body_iquat, 4, body);
  const d = values(model.body_inertia, 3, body);
  const r = [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
  const entry = (i, j) => r[i][0] * r[j][0] * d[0] + r[i][1] * r[j][1] * d[1] + r[i][2] * r[j][2] * d[2];
  return [entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(0, 2), entry(1, 2)];
}

function multiply(a, b) {
  return [
    a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
    a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
    a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
    a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
  ];
}

function equality(m, name, active, i) {
  const kind = EQUALITIES[m.eq_type[i]] ?? 'other';
  const data = values(m.eq_data, m.eq_data.length / m.neq, i);
  let [first, second] = [m.eq_obj1id[i], m.eq_obj2id[i]];
  const out = {
    name: name(m.name_eqadr, i), type: kind, first, second, active: !!active[i],
    solref: values(m.eq_solref, 2, i), solimp: values(m.eq_solimp, 5, i),
  };
  if (kind === 'joint' || kind === 'tendon') {
    return { ...out, polycoef: data.slice(0, 5) };
  }
  // Two sites are the points of their bodies that they are.
  const sites = m.eq_objtype[i] !== BODY;
  const ends = [first, second].map(s => values(m.site_pos, 3, s));
  const anchors = sites ? ends
    : kind === 'connect' ? [data.slice(0, 3), data.slice(3, 6)] : [data.slice(3, 6), data.slice(0, 3)];
  if (sites) {
    [out.first, out.second] = [m.site_bodyid[first], m.site_bodyid[second]];
  }
  out.firstAnchor = anchors[0];
  out.secondAnchor = anchors[1];
  if (kind === 'weld') {
    const [q1, q2] = [first, second].map(s => values(m.site_quat, 4, s));
    out.relativeQuat = sites ? multiply(q1, [q2[0], -q2[1], -q2[2], -q2[3]]) : data.slice(6, 10);
    out.torqueScale = data[10];
  }
  return out;
}

function options(o) {
  const on = bit => !(o.disableflags & (1 << bit));
  const all = on(0);
  return {
    timestep: o.timestep, gravity: Array.from(o.gravity),
    integrator: { 0: 'Euler', 1: 'RungeKutta4', 3: 'ImplicitFast' }[o.integrator],
    cone: ['pyramidal', 'elliptic'][o.cone], impratio: o.impratio, tolerance: o.tolerance,
    iterations: o.iterations, lsIterations: o.ls_iterations,
    flags: {
      constraint: all, equality: all && on(1), frictionloss: all && on(2), limit: all && on(3),
      contact: all && on(4), spring: on(5), damper: on(6), gravity: on(7), clampctrl: on(8),
      warmstart: on(9), filterparent: on(10), actuation: on(11), refsafe: on(12),
      eulerdamp: on(15),
    },
  };
}

function hullVertices(m, mesh) {
  const at = m.mesh_graphadr[mesh];
  return at < 0 ? 0 : m.mesh_graph[at];
}

export function dump(mujoco, m) {
  const bytes = m.names;
  const name = (addresses, i) => {
    let text = '';
    for (let k = addresses[i]; bytes[k] !== 0 && bytes[k] !== '\0'; k++) {
      text += typeof bytes[k] === 'string' ? bytes[k] : String.fromCharCode(bytes[k]);
    }
    return text;
  };
  const data = new mujoco.MjData(m);
  mujoco.mj_forward(m, data);
  const buffer = new mujoco.DoubleBuffer(m.nv * m.nv);
  mujoco.mj_fullM(m, data, buffer);
  const mass = Array.from(buffer.GetView());
  const prm = (array, i) => values(array, array.length / m.nu, i, 3);
  const joint = flags(
    m.jnt_group, m.jnt_solref, m.njnt, 'limited', 'actfrclimited', 'actgravcomp');
  const tendon = flags(m.ten_J_colind, m.tendon_width, m.ntendon, 'limited', 'actfrclimited');
  const active = flags(m.eq_objtype, m.eq_solref, m.neq, 'active').active;
  const actlimited = flags(m.actuator_biasprm, m.actuator_actrange, m.nactuator, 'is').is;
  const actearly = flags(m.actuator_actrange, m.actuator_history, m.nactuator, 'is').is;
  const forcelimited = flags(m.actuator_plugin, m.actuator_forcerange, m.nactuator, 'is').is;
  const ctrllimited = flags(m.actuator_forcerange, m.actuator_ctrlrange, m.nu, 'is').is;
  const wraps = i => list(m.tendon_num[i], k => m.tendon_adr[i] + k);
  const out = {
    option: options(m.opt),
    bodies: list(m.nbody, i => ({
      name: name(m.name_bodyadr, i), parent: i === 0 ? -1 : m.body_parentid[i],
      root: m.body_rootid[i], weld: m.body_weldid[i],
      pos: values(m.body_pos, 3, i), quat: values(m.body_quat, 4, i), mass: m.body_mass[i],
      com: values(m.body_ipos, 3, i), inertia: inertia(m, i), gravcomp: m.body_gravcomp[i],
      inverseWeight0: values(m.body_invweight0, 2, i),
    })),
    joints: list(m.njnt, i => {
      const dof = m.jnt_dofadr[i];
      const scalar = m.jnt_type[i] > 1;
      return {
        name: name(m.name_jntadr, i), type: JOINTS[m.jnt_type[i]], body: m.jnt_bodyid[i],
        qposAddress: m.jnt_qposadr[i], dofAddress: dof, pos: values(m.jnt_pos, 3, i),
        axis: values(m.jnt_axis, 3, i), ref: scalar ? m.qpos0[m.jnt_qposadr[i]] : 0,
        range: range(joint.limited, m.jnt_range, i), stiffness: m.jnt_stiffness[i],
        springref: scalar ? m.qpos_spring[m.jnt_qposadr[i]] : 0, damping: m.dof_damping[dof],
        armature: m.dof_armature[dof], frictionloss: m.dof_frictionloss[dof],
        margin: m.jnt_margin[i], solreflimit: values(m.jnt_solref, 2, i),
        solimplimit: values(m.jnt_solimp, 5, i), solreffriction: values(m.dof_solref, 2, dof),
        solimpfriction: values(m.dof_solimp, 5, dof),
        actuatorForceRange: range(joint.actfrclimited, m.jnt_actfrcrange, i),
        actuatorGravcomp: !!joint.actgravcomp[i], group: m.jnt_group[i],
      };
    }),
    qpos0: Array.from(m.qpos0),
    qposSpring: Array.from(m.qpos_spring),
    geoms: list(m.ngeom, i => ({
      name: name(m.name_geomadr, i), type: GEOMS[m.geom_type[i]], body: m.geom_bodyid[i],
      mesh: m.geom_type[i] === 7 ? m.geom_dataid[i] : -1,
      heightField: m.geom_type[i] === 1 ? m.geom_dataid[i] : -1,
      size: values(m.geom_size, 3, i), pos: values(m.geom_pos, 3, i),
      quat: values(m.geom_quat, 4, i), boundingRadius: m.geom_rbound[i], group: m.geom_group[i],
      contype: m.geom_contype[i], conaffinity: m.geom_conaffinity[i], condim: m.geom_condim[i],
      priority: m.geom_priority[i], friction: values(m.geom_friction, 3, i),
      solmix: m.geom_solmix[i], solref: values(m.geom_solref, 2, i),
      solimp: values(m.geom_solimp, 5, i), margin: m.geom_margin[i], gap: m.geom_gap[i],
    })),
    sites: list(m.nsite, i => ({
      name: name(m.name_siteadr, i), type: GEOMS[m.site_type[i]], body: m.site_bodyid[i],
      size: values(m.site_size, 3, i), pos: values(m.site_pos, 3, i),
      quat: values(m.site_quat, 4, i),
    })),
    meshes: list(m.nmesh, i => ({
      name: name(m.name_meshadr, i), vertices: m.mesh_vertnum[i], triangles: m.mesh_facenum[i],
      hullVertices: hullVertices(m, i), pos: values(m.mesh_pos, 3, i),
      quat: values(m.mesh_quat, 4, i),
    })),
    heightFields: list(m.nhfield, i => ({
      name: name(m.name_hfieldadr, i), rows: m.hfield_nrow[i], columns: m.hfield_ncol[i],
      size: values(m.hfield_size, 4, i),
      elevations: Array.from(m.hfield_data.subarray(
        m.hfield_adr[i], m.hfield_adr[i] + m.hfield_nrow[i] * m.hfield_ncol[i])),
    })),
    contactPairs: list(m.npair, i => ({
      name: name(m.name_pairadr, i), first: m.pair_geom1[i], second: m.pair_geom2[i],
      condim: m.pair_dim[i], friction: values(m.pair_friction, 5, i),
      solref: values(m.pair_solref, 2, i), solimp: values(m.pair_solimp, 5, i),
      solreffriction: values(m.pair_solreffriction, 2, i), margin: m.pair_margin[i],
      gap: m.pair_gap[i],
    })),
    contactExcludes: list(m.nexclude, i => ({
      first: m.exclude_signature[i] >> 16, second: m.exclude_signature[i] & 0xffff,
    })),
    tendons: list(m.ntendon, i => ({
      name: name(m.name_tendonadr, i), joints: wraps(i).map(w => m.wrap_objid[w]),
      coef: wraps(i).map(w => m.wrap_prm[w]), range: range(tendon.limited, m.tendon_range, i),
      stiffness: m.tendon_stiffness[i], damping: m.tendon_damping[i],
      armature: m.tendon_armature[i], frictionloss: m.tendon_frictionloss[i],
      margin: m.tendon_margin[i], springlength: values(m.tendon_lengthspring, 2, i),
      solreflimit: values(m.tendon_solref_lim, 2, i), solimplimit: values(m.tendon_solimp_lim, 5, i),
      solreffriction: values(m.tendon_solref_fri, 2, i),
      solimpfriction: values(m.tendon_solimp_fri, 5, i),
      actuatorForceRange: range(tendon.actfrclimited, m.tendon_actfrcrange, i),
      length0: m.tendon_length0[i], inverseWeight0: m.tendon_invweight0[i],
    })),
    equalities: list(m.neq, i => equality(m, name, active, i)),
    actuators: list(m.nu, i => {
      const affineGain = m.actuator_gaintype[i] === 1;
      const affineBias = m.actuator_biastype[i] === 1;
      const gain = prm(m.actuator_gainprm, i);
      return {
        name: name(m.name_actuatoradr, i),
        transmission: TRANSMISSIONS[m.actuator_trntype[i]] ?? 'other',
        target: m.actuator_trnid[2 * i], gear: values(m.actuator_gear, 6, i),
        dynamics: DYNAMICS[m.actuator_dyntype[i]] ?? 'other',
        timeConstant: m.actuator_dynprm[(m.actuator_dynprm.length / m.nu) * i],
        actAddress: m.actuator_actadr[i], actEarly: !!actearly[i],
        gain: affineGain ? gain : [gain[0], 0, 0],
        bias: affineBias ? prm(m.actuator_biasprm, i) : [0, 0, 0],
        ctrlRange: range(ctrllimited, m.actuator_ctrlrange, i),
        forceRange: range(forcelimited, m.actuator_forcerange, i),
        actRange: range(actlimited, m.actuator_actrange, i),
        group: m.actuator_group[i],
      };
    }),
    sensors: list(m.nsensor, i => ({
      name: name(m.name_sensoradr, i), target: m.sensor_objid[i], reference: m.sensor_refid[i],
      cutoff: m.sensor_cutoff[i], address: m.sensor_adr[i], dim: m.sensor_dim[i],
    })),
    keyframes: list(m.nkey, i => ({
      name: name(m.name_keyadr, i), qpos: values(m.key_qpos, m.nq, i),
      qvel: values(m.key_qvel, m.nv, i), act: values(m.key_act, m.na, i),
      ctrl: values(m.key_ctrl, m.nu, i),
    })),
    massMatrix0: mass,
    dofInverseWeight0: Array.from(m.dof_invweight0),
    meanInertia: m.stat.meaninertia,
  };
  buffer.delete();
  data.delete();
  return out;
}
