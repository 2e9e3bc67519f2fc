/**
 * Rows into tables of a database. What a subtask takes is staged in files of our own until its checkpoint is a version, and
 * then goes into the table in one transaction together with a note of the version's number: a crash at any point leaves every
 * row there once, and a database that does not answer holds nothing up but its own rows. Rows that it refuses for good are told
 * from the others one by one.
 *
 * <p>May use {@code connector}, {@code part}, {@code file}, {@code record}, {@code element} and {@code snapshot}. Must never know where a database is or who
 * may use it.
 */
@NullMarked
package io.strandline.engine.connector.jdbc;

import org.jspecify.annotations.NullMarked;
