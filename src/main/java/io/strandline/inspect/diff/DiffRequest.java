package io.strandline.inspect.diff;

import io.strandline.catalog.lookup.Revision;

/**
 * Which versions somebody wants compared.
 *
 * @param from the one
 * @param to the other
 * @param branch what {@code latest} is about
 * @param filter what it is limited to
 * @param samples entries to show of each state, beside the counts
 */
public record DiffRequest(Revision from, Revision to, String branch, DiffFilter filter, int samples) {}
