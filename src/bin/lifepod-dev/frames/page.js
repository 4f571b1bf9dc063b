// Runs before the page's own scripts. A frame's work is the time from its first callback to the
// first task after it was laid out and painted.
(() => {
  const data = { frames: [], memories: [], usable: 0 };
  window.lifepodFrames = data;
  const ask = window.requestAnimationFrame.bind(window);
  const after = new MessageChannel();
  let began = 0;
  after.port1.onmessage = () => {
    data.frames.push(performance.now() - began);
    began = 0;
  };
  window.requestAnimationFrame = (callback) => ask((time) => {
    if (!began) {
      began = performance.now();
      after.port2.postMessage(0);
    }
    callback(time);
  });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await own.apply(WebAssembly, args);
      for (const part of Object.values((made.instance || made).exports)) {
        if (part instanceof WebAssembly.Memory) data.memories.push(part);
      }
      return made;
    };
  }
  const look = () => {
    const there = document.querySelector("[data-testid=app]");
    if (there) data.usable = performance.now();
    else setTimeout(look, 1);
  };
  look();
})();
