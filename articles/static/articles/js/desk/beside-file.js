// `<file-beside>` on the screen where a picture is replaced: the file that was chosen stands beside the one that is there.

customElements.define("file-beside", class extends HTMLElement {
  connectedCallback() {
    const input = this.closest("form").elements.file;
    const place = this.querySelector(".new");
    const empty = place.querySelector(".none");
    input.addEventListener("change", () => {
      const [file] = input.files;
      URL.revokeObjectURL(this.address);
      place.querySelector("img")?.remove();
      empty.hidden = false;
      empty.textContent = file?.name ?? empty.textContent;
      if (!file) return;
      this.address = URL.createObjectURL(file);
      const picture = Object.assign(new Image(), { src: this.address, alt: file.name });
      // What a browser cannot show (a TIFF, a HEIC) stays its name.
      picture.addEventListener("load", () => {
        empty.hidden = true;
        place.prepend(picture);
      });
    });
  }
});
