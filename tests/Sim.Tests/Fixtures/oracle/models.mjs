// Reads model files: includes are put in place, mesh files go into MuJoCo's virtual file system.
import fs from 'node:fs';
import path from 'node:path';

export function readModel(file) {
  const text = fs.readFileSync(file, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const folder = path.dirname(file);
  return text.replace(/<include\s+file="([^"]+)"\s*\/>/g, (_, name) => {
    const inner = readModel(path.join(folder, name));
    return inner.replace(/<\?xml[^>]*\?>/, '').replace(/^\s*<\w+[^>]*>/, '').replace(/<\/\w+>\s*$/, '');
  });
}

function stripMeshes(xml) {
  return xml
    .replace(/<geom\b[^>]*\bmesh="[^"]*"[^>]*?\/>/g, '')
    .replace(/<mesh\b[^>]*?\/>/g, '');
}

// Compiles a model. Public models come without their meshes, so these are stripped on request.
export function compile(mujoco, file, withoutMeshes) {
  const xml = readModel(file);
  if (withoutMeshes) {
    return mujoco.MjModel.from_xml_string(stripMeshes(xml));
  }
  const files = new mujoco.MjVFS();
  const folder = path.join(path.dirname(file), 'meshes');
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []) {
    files.addBuffer('meshes/' + name, fs.readFileSync(path.join(folder, name)));
  }
  const model = mujoco.MjModel.from_xml_string(xml, files);
  files.delete();
  return model;
}
