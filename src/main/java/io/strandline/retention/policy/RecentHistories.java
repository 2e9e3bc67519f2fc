package io.strandline.retention.policy;

import io.strandline.catalog.Policy;
import io.strandline.catalog.history.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Histories of the few jobs that were asked for last, so that whoever looks at one version after the other does not have all of
 * them read each time. One is read anew once anything has changed in its job or in a policy over it. Only for showing: what is
 * decided inside a transaction is decided by what that transaction reads.
 */
@Component
final class RecentHistories {

    private static final int JOBS = 8;

    private final Judgements judgements;
    private final ToLongFunction<String> newestChange;
    private final Map<String, Read> recent = new LinkedHashMap<>(JOBS, 0.75f, true);

    @Autowired
    RecentHistories(Judgements judgements, History history) {
        this(judgements, history::newestChange);
    }

    /** @param newestChange the place of the newest change to a job */
    RecentHistories(Judgements judgements, ToLongFunction<String> newestChange) {
        this.judgements = judgements;
        this.newestChange = newestChange;
    }

    /** A history, and what it was read under. */
    private record Read(long change, List<PolicyStamp> policies, JobHistory history) {}

    /** A job's history as it is now. */
    JobHistory of(String jobId, PolicyBook book) {
        long change =
                newestChange.applyAsLong(jobId); // before what is read: a change in between is noticed the next time
        List<PolicyStamp> policies = new ArrayList<>(book.stamps(jobId));
        policies.add(book.stamp(Policy.Owner.SERVER));
        synchronized (recent) {
            Read read = recent.get(jobId);
            if (read != null && read.change() == change && read.policies().equals(policies)) {
                return read.history();
            }
        }
        Read read = new Read(change, policies, judgements.read(jobId, book));
        synchronized (recent) {
            recent.put(jobId, read);
            if (recent.size() > JOBS) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
        return read.history();
    }
}
