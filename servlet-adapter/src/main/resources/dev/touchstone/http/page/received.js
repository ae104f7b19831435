// What the server sends, as the rest of the page reads it. What is absent is not sent; points are sent in
// ten-thousandths.
const points = (sent) => sent / 10_000;
const explanation = (sent) => Object.fromEntries(Object.entries(sent).map(([part, of]) => [part, points(of)]));
const score = (sent) => {
  if (!sent) {
    return null;
  }
  const [value, low, high, parts, evidence] = sent; // evidence that is enough is not sent
  return {
    score: points(value),
    low: points(low),
    high: points(high),
    explanation: explanation(parts),
    evidence: evidence ?? 1,
  };
};
const scores = ([experience, effort]) => ({ experience: score(experience), effort: score(effort) });
const scope = (sent) => ({ ...sent, now: scores(sent.now), baseline: scores(sent.baseline) });
const cell = (sent) => {
  const [exceeded, met, missed] = sent.verdicts;
  const [success, degraded, abandoned, failure] = sent.outcomes ?? []; // several instances together have none
  return { ...scope(sent), verdicts: { exceeded, met, missed }, outcomes: sent.outcomes ? { success, degraded, abandoned, failure } : null };
};
// one for each of its channels; what a touchpoint is across several of them is sent beside them
const cells = ({ channels, across, ...touchpoint }) =>
  channels.map((channel) => ({
    stage: null, status: "ACTIVE", ...touchpoint, ...cell(channel), across: across ? scope(across) : null,
  }));

// The channels of one touchpoint follow each other: the touchpoint, what it costs, and its channels.
const byTouchpoint = (sent, touchpoints) => {
  const groups = [];
  for (const [of, now, baseline] of sent) {
    const channel = { touchpoint: touchpoints[of], now: points(now), baseline: points(baseline) };
    const last = groups[groups.length - 1];
    if (last && last.touchpoint.name === channel.touchpoint.name) {
      last.channels.push(channel);
      last.now += channel.now;
      last.baseline += channel.baseline;
    } else {
      const { across } = channel.touchpoint;
      groups.push({ ...channel, touchpoint: { ...channel.touchpoint, ...across }, channels: [channel] });
    }
  }
  return groups;
};

const step = ([number, touchpoint, wentOn, left, completed, unknown, open, repeated, medianMs]) =>
  ({ number, touchpoint, wentOn, left, completed, unknown, open, repeated, medianMs });
const journey = (sent) => ({ ...scope(sent), funnel: sent.funnel.map(step) });

export const receivedScoreboard = (sent) => {
  const touchpoints = sent.touchpoints.flatMap(cells);
  return {
    consistency: null,
    coverage: null,
    ...sent,
    // several instances together, of which there is no past, and nothing of a single customer but the scores and cases
    together: Boolean(sent.coverage?.answered),
    worst: sent.worst ? { now: explanation(sent.worst.now), baseline: explanation(sent.worst.baseline) } : null,
    overall: scope(sent.overall),
    touchpoints,
    channels: sent.channels.map(scope),
    journeys: sent.journeys.map(journey),
    painPoints: byTouchpoint(sent.painPoints, touchpoints),
  };
};

export const receivedCustomer = (sent) => ({
  ...sent,
  experience: score(sent.experience),
  effort: score(sent.effort),
  lifetimeExperience: score(sent.lifetimeExperience),
  lifetimeEffort: score(sent.lifetimeEffort),
});
