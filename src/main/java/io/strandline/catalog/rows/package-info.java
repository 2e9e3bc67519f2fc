/**
 * Rows that are read and written by the thousand, past the entities: which version names which file, how many versions name a
 * file, and outlines of all of a job's versions.
 *
 * <p>May use snapshots, digests, what {@code catalog.history} asks and Spring's JDBC. Must never know a journal, an entity, or
 * whoever deletes files.
 */
@NullMarked
package io.strandline.catalog.rows;

import org.jspecify.annotations.NullMarked;
