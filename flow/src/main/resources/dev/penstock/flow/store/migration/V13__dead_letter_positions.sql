-- Which record of the source a dead letter was made of; null: that is not known.
ALTER TABLE dead_letter ADD COLUMN split TEXT;
ALTER TABLE dead_letter ADD COLUMN place TEXT; -- in the split, such as line=3
