// Has the standalone page open without a network from its first visit on: registers the service worker
// beside it. Where there is none (no HTTPS, a private window), the page works as before, with a network.

const workers = navigator.serviceWorker;

/** How long the form has the network and the processor for itself, in milliseconds: the worker fetches all of it again. */
const HEAD_START = 2_000;

/** A server that was not there is asked again after a pause, doubled each time up to the longest, in milliseconds. */
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

const [element] = document.getElementsByTagName("tu-kiem-tra");
element.addEventListener("tkt-ready", () => setTimeout(register, HEAD_START, FIRST_PAUSE), { once: true });

workers?.addEventListener("message", ({ data }) => {
  if (data?.tuKiemTra !== "not-kept") return;
  console.warn(
    `This release can't be kept on the device, so the page does not open without a network, or is that of the ` +
      `release before: ${data.reason}. Copy the files of the release again, unchanged and all of them. What you ` +
      `want to set for the form belongs in page.json.`,
  );
});

async function register(pause) {
  try {
    await workers?.register(new URL("sw.js", import.meta.url), { updateViaCache: "none" });
  } catch (error) {
    // That is how the network fails; the page goes on without a worker as long as it is open.
    if (error instanceof TypeError) setTimeout(register, pause, Math.min(2 * pause, LONGEST_PAUSE));
    else console.info(`No service worker: ${error.message}`);
  }
}
