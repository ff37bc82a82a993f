// Makes `now` like `wanted`, node by node, so that focus and scroll stay where they are.
export const morph = (now, wanted) => {
  if (now.isEqualNode(wanted)) return;
  if (now.nodeType !== wanted.nodeType || now.nodeName !== wanted.nodeName) {
    now.replaceWith(wanted.cloneNode(true));
    return;
  }
  if (now.nodeType === Node.TEXT_NODE) {
    now.data = wanted.data;
    return;
  }
  if (now.nodeType !== Node.ELEMENT_NODE) return;
  if (now.matches("input, select, textarea") && now === document.activeElement) return;
  for (const { name } of [...now.attributes]) {
    if (!wanted.hasAttribute(name) && !(name === "open" && now.matches("details"))) now.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  const before = [...now.childNodes];
  const after = [...wanted.childNodes];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    if (i >= after.length) before[i].remove();
    else if (i >= before.length) now.append(after[i].cloneNode(true));
    else morph(before[i], after[i]);
  }
};

export const parse = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};
