// Registers the service worker, so that the standalone page opens without a network from its first visit on.
// Without one (no HTTPS, a private window) the page needs a network.

const workers = navigator.serviceWorker;

/** The time between the form and the worker, in milliseconds, as the worker fetches everything again. */
const HEAD_START = 2_000;

/** The first and the longest pause between attempts to register, in milliseconds. Each is twice the one before. */
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
    // A `TypeError` is a failure of the network. The page works without a worker meanwhile.
    if (error instanceof TypeError) setTimeout(register, pause, Math.min(2 * pause, LONGEST_PAUSE));
    else console.info(`No service worker: ${error.message}`);
  }
}
