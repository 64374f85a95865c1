// A robot's file, made ready for both simulators.
import fs from 'node:fs';
import path from 'node:path';
import { drop, parse, print, read } from './xml.mjs';

const has = (element, name, below) =>
  element.children.some(child => child.name === name && (!below || has(child, below)));

// In URDF the simulator makes a mimic an equality and MuJoCo drops it: both go without.
function withoutMimic(file, scratch) {
  const root = parse(fs.readFileSync(file, 'utf8'));
  drop(root, element => element.name === 'mimic');
  const target = path.join(scratch, path.basename(file));
  fs.writeFileSync(target, print(root));
  return { root, file: target };
}

function urdf(file, scratch) {
  const { root, file: target } = withoutMimic(file, scratch);
  drop(root, element => ['visual', 'collision'].includes(element.name) && has(element, 'geometry', 'mesh'));
  return { file: target, compile: mujoco => mujoco.MjModel.from_xml_string(print(root)) };
}

// Files of height fields go into MuJoCo's virtual file system under the names that the model gives them.
function fields(mujoco, root, file) {
  const settings = root.children.filter(child => child.name === 'compiler').map(child => child.attributes);
  const folder = settings.map(at => at.meshdir ?? at.assetdir).filter(Boolean).at(-1) ?? '';
  const files = new mujoco.MjVFS();
  const list = root.children.filter(child => child.name === 'asset').flatMap(asset => asset.children)
    .filter(asset => asset.name === 'hfield' && asset.attributes.file);
  for (const { attributes } of list) {
    files.addBuffer(path.join(folder, attributes.file),
      fs.readFileSync(path.join(path.dirname(file), folder, attributes.file)));
  }
  return files;
}

// Without mesh geoms, and without what is only drawn.
export function bare(file, scratch) {
  if (file.endsWith('.urdf')) {
    return urdf(file, scratch);
  }
  const root = read(file);
  drop(root, element => ['mesh', 'texture', 'skin'].includes(element.name)
    || (element.name === 'geom' && 'mesh' in element.attributes));
  drop(root, element => element.name === 'layer');
  const visit = element => {
    if (element.name === 'material') {
      delete element.attributes.texture;
    }
    element.children.forEach(visit);
  };
  visit(root);
  return {
    file,
    compile: (mujoco, sensors) => {
      root.children.filter(child => child.name === 'sensor').forEach(section => {
        section.children = section.children.filter(sensor => !sensors.includes(sensor.name));
      });
      const files = fields(mujoco, root, file);
      try {
        return mujoco.MjModel.from_xml_string(print(root), files);
      } finally {
        files.delete();
      }
    },
  };
}

// Copies a folder into the file system of the WebAssembly module.
function copy(mujoco, from, to) {
  mujoco.FS.mkdirTree(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) {
      copy(mujoco, source, target);
    } else if (entry.isFile()) {
      mujoco.FS.writeFile(target, fs.readFileSync(source));
    }
  }
}

// With its meshes; the folder must hold all that the file names.
export function whole(file) {
  return {
    file,
    compile: mujoco => {
      const folder = '/menagerie' + path.dirname(path.resolve(file));
      copy(mujoco, path.dirname(file), folder);
      return mujoco.MjModel.from_xml_path(`${folder}/${path.basename(file)}`);
    },
  };
}
