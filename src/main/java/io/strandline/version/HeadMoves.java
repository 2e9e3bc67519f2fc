package io.strandline.version;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.lookup.StoredVersions;
import org.springframework.stereotype.Component;

/**
 * What every move of a head works with.
 *
 * @param ledger where it becomes true
 * @param catalog what is true
 * @param stored the manifests
 * @param heads compares heads
 * @param holds keeps versions meanwhile and afterwards
 * @param moment the time, and ids
 */
@Component
record HeadMoves(Ledger ledger, Catalog catalog, StoredVersions stored, HeadChecks heads, Holds holds, Moment moment) {

    /** A move that is about to be made. */
    HeadMove begin(RestorePlan plan) {
        return new HeadMove(plan, this);
    }
}
