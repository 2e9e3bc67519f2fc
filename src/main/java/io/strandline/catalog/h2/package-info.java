/**
 * The catalog's database where it is a file in the data directory: where it lies, whether it can be read, how it goes on when
 * the disk is full, and copies of it that bound what a start has to apply.
 *
 * <p>May use {@code storage.disk}, Spring Boot's connection details and H2. Must never know a table, the journal, or another database.
 */
@NullMarked
package io.strandline.catalog.h2;

import org.jspecify.annotations.NullMarked;
