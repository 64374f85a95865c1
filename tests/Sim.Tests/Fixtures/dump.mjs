// Prints what MuJoCo's WebAssembly build compiled from a model, in the form of `hilrig sim dump`.
//
//   node dump.mjs OUTFOLDER MODEL... [--root FOLDER]
//
// Writes OUTFOLDER/NAME.json for each model. Every file of a model's folder, or of --root, can be
// included or named as an asset.
import fs from 'node:fs';
import path from 'node:path';
import loadMujoco from '@mujoco/mujoco';
import { dump } from './oracle/dump.mjs';

// Copies a folder into the file system of the WebAssembly module.
function copy(mujoco, from, to) {
  mujoco.FS.mkdirTree(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), to + '/' + entry.name];
    if (entry.isDirectory()) {
      copy(mujoco, source, target);
    } else if (entry.isFile()) {
      mujoco.FS.writeFile(target, fs.readFileSync(source));
    }
  }
}

const mujoco = await loadMujoco();
const args = process.argv.slice(2);
const flag = args.indexOf('--root');
const [root] = flag < 0 ? [] : args.splice(flag, 2).slice(1);
const [folder, ...files] = args;
const copied = new Map();
for (const file of files) {
  const top = path.resolve(root ?? path.dirname(file));
  if (!copied.has(top)) {
    copied.set(top, '/' + copied.size);
    copy(mujoco, top, copied.get(top));
  }
  const inside = path.relative(top, path.resolve(file)).split(path.sep).join('/');
  const model = mujoco.MjModel.from_xml_path(copied.get(top) + '/' + inside);
  const name = path.basename(file).replace(/\.\w+$/, '.json');
  fs.writeFileSync(path.join(folder, name), JSON.stringify(dump(mujoco, model), null, 1) + '\n');
  model.delete();
}
