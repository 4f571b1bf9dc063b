// What the measurements do on the page; each answers with numbers.
const tick = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  channel.port2.postMessage(0);
});
const part = (name) => document.querySelector(`[data-testid="${name}"]`);
const typed = (input, value) => {
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
const acts = {
  // Goes to a moment; the milliseconds until the page has it, without painting.
  async seek(moment) {
    const field = part("time");
    typed(field, moment);
    await tick();
    const from = performance.now();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await tick();
    return performance.now() - from;
  },
  // Lets frames pass; the work of each.
  async frames(count) {
    const data = window.lifepodFrames;
    data.frames.length = 0;
    const from = performance.now();
    while (data.frames.length < count && performance.now() - from < 20000) {
      await new Promise((done) => setTimeout(done, 50));
    }
    return [data.frames.slice(), performance.now() - from];
  },
  // Drags the scale over the run, a step a frame; the work of each frame.
  async scrub(count) {
    const data = window.lifepodFrames;
    const scale = part("scrub");
    const top = Number(scale.max) * 0.7;
    data.frames.length = 0;
    const from = performance.now();
    for (let nth = 0; nth < count && performance.now() - from < 20000; nth += 1) {
      await new Promise((done) => requestAnimationFrame(() => {
        typed(scale, String(Math.round(top * (0.5 + 0.5 * Math.sin(nth / 9)))));
        done();
      }));
    }
    await tick();
    return [data.frames.slice(), performance.now() - from];
  },
  bytes() {
    return window.lifepodFrames.memories.reduce((all, memory) => all + memory.buffer.byteLength, 0);
  },
  marks() {
    const names = [...document.querySelectorAll("[data-testid^=lane-]")];
    const count = (text) => Number((/(\d+) marks/.exec(text) || [0, 0])[1]);
    return names.reduce((all, lane) => all + count(lane.getAttribute("aria-label") || ""), 0);
  },
};
