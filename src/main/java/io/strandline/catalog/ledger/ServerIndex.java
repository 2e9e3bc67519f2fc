package io.strandline.catalog.ledger;

import io.strandline.catalog.ServerChange;

/** The part of the catalog that belongs to no job. */
@FunctionalInterface
public interface ServerIndex {

    /**
     * Applies a change within the transaction of this thread.
     *
     * @return what was changed, as the audit names it
     */
    String project(ServerChange change);
}
