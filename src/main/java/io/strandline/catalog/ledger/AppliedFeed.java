package io.strandline.catalog.ledger;

import io.strandline.catalog.history.ChangeFeed;
import io.strandline.catalog.journal.ChangePlace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of what the catalog has taken: readable up to where every entry of the journal has been applied. */
final class AppliedFeed implements ChangeFeed {

    private static final Logger log = LoggerFactory.getLogger(AppliedFeed.class);

    private final AppliedMarks marks;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    AppliedFeed(AppliedMarks marks) {
        this.marks = marks;
    }

    @Override
    public long readableUpTo() {
        return ChangePlace.endOf(marks.upTo());
    }

    @Override
    public void follow(Runnable news) {
        followers.add(news);
    }

    /** Says that an entry has been applied. */
    void applied() {
        for (Runnable follower : followers) {
            try {
                follower.run();
            } catch (RuntimeException e) {
                log.error("a follower of the audit could not take the news", e);
            }
        }
    }
}
