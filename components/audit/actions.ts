/** What an event says in words, by its action. */
export const ACTION_WORDS: Readonly<Record<string, string>> = {
  "baseline.put": "set the baseline",
  "version.correct": "corrected the version",
  "model.correct": "corrected the model",
  "version.create": "registered the version",
  "version.stage": "moved the version",
  "version.describe": "described the version",
  "version.delete": "deleted the version",
  "model.alias": "moved an alias",
  "card.save": "saved the model card",
  "key.create": "made a key",
  "key.revoke": "revoked a key",
  "person.join": "joined",
  "person.invite": "invited a person",
  "person.role": "changed a role",
  "person.disable": "shut a person out",
  "person.enable": "let a person in again",
  "person.reset": "made a link for a new password",
  "person.password": "set a password",
  "person.sign-in": "signed in",
  "person.sign-out": "signed out everywhere",
};

/** Kinds of action, as a filter offers them: the part before the dot, with the dot. */
export const ACTION_KINDS: readonly (readonly [prefix: string, words: string])[] = [
  ["baseline.", "baselines"],
  ["version.", "versions"],
  ["model.", "models and aliases"],
  ["card.", "model cards"],
  ["promotion.", "promotions"],
  ["evaluation.", "evaluations"],
  ["key.", "keys"],
  ["person.", "people"],
];
