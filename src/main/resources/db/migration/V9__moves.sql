-- What a branch was before its head was moved by a verb, so that the move can be reversed; null for checkpoints.
alter table head_move add column from_line text;
alter table head_move add column from_pipeline integer;
alter table head_move add column to_pipeline integer;
