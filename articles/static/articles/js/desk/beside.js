// What stands beside the text: who is in which block, and the clashes in their places. Both are shown over the document
// and are no part of it.
import { pm } from "editor";
import { clashSection, initials } from "desk/clashes";
import { written } from "desk/changes";
import { caughtUp } from "desk/surface";
import { make, say } from "desk/words";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("beside");

export class Beside {
  constructor(form, saving) {
    Object.assign(this, { form, saving, sections: new Map(), colours: new Map(), drawn: written([[], []]) });
    this.editor = saving.surface.editor;
    this.stack = form.querySelector("[data-people]");
    const plugin = new Plugin({ key, props: { decorations: (state) => this.decorations(state) } });
    this.editor.registerPlugin(plugin);
    saving.addEventListener("answer", () => this.draw());
  }

  draw() {
    const { clashes, people } = this.saving;
    const others = people.map(({ name, block, own }) => ({ name, block, own }));
    const state = written([clashes, others]);
    if (state === this.drawn) return;
    this.drawn = state;
    this.drawSections(clashes);
    this.drawPeople(others);
    caughtUp(this.editor.view);
    this.editor.view.dispatch(this.editor.state.tr.setMeta(key, true).setMeta("addToHistory", false));
  }

  /**
   * Make the sections anew where a clash is another than it was. Those in the text are put in and taken out by the editor
   * alone: what anybody else puts there it takes for words that were typed.
   */
  drawSections(clashes) {
    const open = new Set(clashes.map((clash) => clash.uuid));
    for (const [uuid, { section, clash }] of this.sections) {
      if (open.has(uuid)) continue;
      if (clash.kind === "field") section.remove();
      this.sections.delete(uuid);
    }
    for (const clash of clashes) {
      const said = written(clash);
      const held = this.sections.get(clash.uuid);
      if (held?.said === said) continue;
      const section = clashSection(clash, (one, choice) => this.saving.choose(one, choice));
      section.toggleAttribute("data-later", held?.section.hasAttribute("data-later") ?? false);
      this.sections.set(clash.uuid, { section, said, clash, drawn: (held?.drawn ?? 0) + 1 });
      if (clash.kind !== "field") continue;
      if (held?.section.isConnected) held.section.replaceWith(section);
      else this.placeOf(clash).after(section);
    }
  }

  placeOf(clash) {
    if (clash.item) return this.form.querySelector(`#picture-${CSS.escape(clash.item)}`) ?? this.form.querySelector(".pics");
    const field = this.form.querySelector(`[name="${clash.name}"], desk-choose[data-name="${clash.name}"]`);
    return field?.closest(".headline, desk-lines, .by, .two, .field") ?? field ?? this.form.querySelector(".by");
  }

  drawPeople(people) {
    if (!this.stack) return;
    const others = [...new Map(people.map((one) => [one.name, one])).values()];
    this.stack.replaceChildren(...others.slice(0, 4).map((one) =>
      make("span", { class: "who", title: one.name, "data-p": this.colourOf(one.name) }, initials(one.name))));
    this.stack.hidden = !others.length;
    this.stack.setAttribute("aria-label", say("here_now", { names: others.map((one) => one.name).join(", ") }));
  }

  /** One of three colours, the same for a person as long as the page is open. */
  colourOf(name) {
    if (!this.colours.has(name)) this.colours.set(name, (this.colours.size % 3) + 1);
    return this.colours.get(name);
  }

  decorations(state) {
    const people = this.saving.people.filter((one) => one.block);
    const clashes = [...this.sections.values()].filter(({ clash }) => clash.kind === "block");
    if (!people.length && !clashes.length) return null;
    const found = [];
    const left = new Set(clashes);
    state.doc.forEach((node, position) => {
      const { id } = node.attrs;
      const end = position + node.nodeSize;
      const here = people.filter((one) => one.block === id);
      if (here.length) {
        const names = here.map((one) => one.name).join(", ");
        found.push(Decoration.node(position, end, { class: "occupied", "data-p": this.colourOf(here[0].name), "data-who": names }));
      }
      for (const one of clashes) {
        if (one.clash.name !== id) continue;
        left.delete(one);
        found.push(this.widget(end, one));
      }
    });
    // A block that was taken out has no place any more: its words wait at the end of the text.
    for (const one of left) found.push(this.widget(state.doc.content.size, one));
    return DecorationSet.create(state.doc, found);
  }

  widget(position, { section, clash, drawn }) {
    return Decoration.widget(position, () => section, {
      key: `${clash.uuid}:${drawn}`, side: 1, ignoreSelection: true, stopEvent: () => true,
    });
  }

  /** Go to the first thing that is to be decided. */
  show() {
    const section = this.form.querySelector(".clash");
    if (!section) return;
    const panel = section.closest(".tab");
    if (panel) document.querySelector(`#t-${panel.id}`).checked = true;
    section.scrollIntoView({ block: "center" });
    section.focus({ preventScroll: true });
  }
}
