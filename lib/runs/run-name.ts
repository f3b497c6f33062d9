const MANNERS =
  "able agile ancient azure bold brave bright calm clever crimson curious daring eager fair fleet gentle golden grand hardy hidden honest humble jolly keen kind lively loyal lucky merry mellow mighty nimble noble patient placid polite proud quick quiet rapid rare serene sharp shiny silent silver sincere sleek smooth steady stellar stoic sturdy subtle swift tidy tranquil valiant vivid warm wise witty zesty".split(
    " ",
  );
const CREATURES =
  "auk avocet barnacle beaver bream brill cod conger coot cormorant crab crane curlew dab dolphin dunlin eel eider gannet godwit grebe gull gurnard haddock hake halibut heron kelp kittiwake knot krill limpet lobster mackerel mullet mussel narwhal newt octopus orca osprey otter oyster penguin petrel pike pipit plaice plover porpoise prawn puffin rail ray salmon sanderling sandpiper sardine seal shrimp skate skua sole squid stilt sturgeon tern trout tuna turnstone walrus whale whelk whimbrel wigeon wrasse".split(
    " ",
  );

/** A name for a run that came without one: easy to say, seldom the same twice. */
export function inventRunName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  return `${pick(MANNERS)}-${pick(CREATURES)}-${Math.floor(random() * 1000)}`;
}
