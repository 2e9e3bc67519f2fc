package io.strandline.version;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.History;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;

/** Tags and holds over any catalog, for tests of other rooms. */
public record RefVerbs(Tags tags, Holds holds) {

    public static RefVerbs over(Ledger ledger, Catalog catalog, History history, Clock clock, TimeOrderedIds ids) {
        Moment moment = new Moment(clock, ids);
        return new RefVerbs(
                new Tags(ledger, catalog, LookupFixture.revisions(catalog, history), moment),
                new Holds(ledger, catalog, moment));
    }
}
