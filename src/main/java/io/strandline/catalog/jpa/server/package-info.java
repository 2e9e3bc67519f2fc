/**
 * Tables of what belongs to no job: API keys and the verification campaign.
 *
 * <p>May use the catalog's base, its ledger's seams and {@code catalog.lookup}. Must never know the journal.
 */
@NullMarked
package io.strandline.catalog.jpa.server;

import org.jspecify.annotations.NullMarked;
