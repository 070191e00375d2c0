// From the network as long as it answers, else what is kept.

/**
 * Who has waited this long gets what is kept, in milliseconds: a network that is merely slow has begun to answer
 * by then, and people have not yet begun to press 'reload'.
 */
const PATIENCE = 4_000;

/** A request waited in vain and nobody has answered since: a page's other parts don't wait one after the other. */
let isSilent = false;

/**
 * What the network answers, or what is kept where nobody answers in time or the server is in trouble. Where
 * nothing is kept, whatever the network comes to. `answered`: the request, if it is on its way already.
 */
export async function networkFirst(event, kept, { answered = fetch(event.request), patience = PATIENCE } = {}) {
  const isGood = answered.then(({ status }) => status < 500, () => false);
  // An answer that comes late tells that there is a network again.
  event.waitUntil(isGood.then(() => (isSilent = false)));
  const isPart = event.request.mode !== "navigate";
  const late = isSilent && isPart ? undefined : new Promise((done) => setTimeout(done, patience));
  const first = await Promise.race([isGood, late]);
  isSilent ||= first === undefined;
  return first ? answered : ((await kept()) ?? answered);
}
