// Answers from the network, or a copy if it does not answer.

/**
 * The timeout after which a copy is used, in milliseconds: a slow network has begun to answer by then, and people
 * have not pressed 'reload' yet.
 */
const PATIENCE = 4_000;

/** Whether the last request timed out. A page's other parts then don't wait one after the other. */
let isSilent = false;

/**
 * Returns the network's answer, or the copy after the timeout or a server error. Without a copy it returns whatever
 * the network answers. `answered`: the request, if it was sent already.
 */
export async function networkFirst(event, kept, { answered = fetch(event.request), patience = PATIENCE } = {}) {
  const isGood = answered.then(({ status }) => status < 500, () => false);
  // A late answer shows that there is a network again.
  event.waitUntil(isGood.then(() => (isSilent = false)));
  const isPart = event.request.mode !== "navigate";
  const late = isSilent && isPart ? undefined : new Promise((done) => setTimeout(done, patience));
  const first = await Promise.race([isGood, late]);
  isSilent ||= first === undefined;
  return first ? answered : ((await kept()) ?? answered);
}
