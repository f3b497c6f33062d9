-- Four eyes are counted by who somebody is: an address may change, or go to somebody else. Requests of before named it.
ALTER TABLE promotion DISABLE TRIGGER promotion_is_kept;
--> statement-breakpoint
UPDATE promotion q SET asked_person = 'person:' || p.person_id FROM person p WHERE q.asked_person = 'person:' || p.email;
--> statement-breakpoint
ALTER TABLE promotion ENABLE TRIGGER promotion_is_kept;
--> statement-breakpoint
ALTER TABLE promotion_event DISABLE TRIGGER promotion_event_is_kept;
--> statement-breakpoint
UPDATE promotion_event e SET person = 'person:' || p.person_id FROM person p WHERE e.person = 'person:' || p.email;
--> statement-breakpoint
ALTER TABLE promotion_event ENABLE TRIGGER promotion_event_is_kept;
