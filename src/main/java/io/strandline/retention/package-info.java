/**
 * What a retention policy is and how it judges a line of versions: documents, levels, lint, the engine and its verdicts.
 *
 * <p>Pure: no clock, no catalog, no thread; the time is an argument and the same arguments give the same verdicts. Its
 * sub-rooms act on them: {@code plan} saves policies, plans and applies, {@code gc} purges and collects, {@code web} is
 * the HTTP side. May use {@code snapshot}, {@code problem} and {@code storage}'s digests. Must never know the catalog's tables, the store's files or
 * HTTP.
 */
@NullMarked
package io.strandline.retention;

import org.jspecify.annotations.NullMarked;
