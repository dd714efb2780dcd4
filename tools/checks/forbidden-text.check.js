// Written in pieces, so that this file does not contain what it forbids.
const registries = ["registry.npm" + "js.org", "py" + "pi.org", "deb.debian" + ".org", "files.python" + "hosted.org"];
const machinePaths = ["/ro" + "ot/", "/wor" + "k/main", "/home/[a-z]+" + "/"];
const markers = ["TO" + "DO", "FIX" + "ME", "X" + "XX\\b"];

/** What must stand in no file of the tree. @type {import("./run.js").Check} */
export const check = {
  name: "forbidden-text",
  rule: "no registry host, no path of one machine, no unfinished-work marker",

  find(files) {
    const pattern = new RegExp([...registries.map(escape), ...machinePaths, ...markers].join("|"));
    return files.flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [])),
    );
  },
};

/** @param {string} text */
function escape(text) {
  return text.replaceAll(".", "\\.");
}
