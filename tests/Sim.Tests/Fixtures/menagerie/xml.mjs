// As much of XML as robot files need, so that parts of a file can be taken out before MuJoCo reads it.
import fs from 'node:fs';
import path from 'node:path';

const TAG = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!(?:[^"'>]|"[^"]*"|'[^']*')*>|<(?:[^"'<>]|"[^"]*"|'[^']*')*>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

// Elements as { name, attributes, children, text }.
export function parse(text) {
  const top = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    open.at(-1).text += text.slice(end, match.index);
    end = match.index + match[0].length;
    const tag = match[0];
    if (/^<[!?]/.test(tag)) {
      continue;
    }
    if (tag.startsWith('</')) {
      open.pop();
      continue;
    }
    const element = { name: tag.match(/^<\s*([\w:.-]+)/)[1], attributes: {}, children: [], text: '' };
    for (const [, key, double, single] of tag.slice(element.name.length + 1).matchAll(ATTRIBUTE)) {
      element.attributes[key] = double ?? single;
    }
    open.at(-1).children.push(element);
    if (!tag.endsWith('/>')) {
      open.push(element);
    }
  }
  return top.children[0];
}

export function print({ name, attributes, children, text }) {
  const list = Object.entries(attributes).map(([key, value]) =>
    ` ${key}=${value.includes('"') ? `'${value}'` : `"${value}"`}`).join('');
  return `<${name}${list}>${text.trim()}${children.map(print).join('\n')}</${name}>`;
}

// Takes out of a tree, at any depth, the elements that a test names.
export function drop(element, unwanted) {
  element.children = element.children.filter(child => !unwanted(child));
  element.children.forEach(child => drop(child, unwanted));
  return element;
}

// Puts included files in place; they are named from the folder of the main file.
export function read(file, folder = path.dirname(file)) {
  const root = parse(fs.readFileSync(file, 'utf8'));
  const place = element => {
    element.children = element.children.flatMap(child => {
      if (child.name !== 'include') {
        return [place(child)];
      }
      const named = path.join(folder, child.attributes.file);
      const inner = fs.existsSync(named) ? named : path.join(path.dirname(file), child.attributes.file);
      return read(inner, folder).children;
    });
    return element;
  };
  return place(root);
}
