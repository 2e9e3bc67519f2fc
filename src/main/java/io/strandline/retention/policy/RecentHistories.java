package io.strandline.retention.policy;

import io.strandline.catalog.Policy;
import io.strandline.catalog.history.History;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Histories of the jobs that were asked for last, as many as hold so many versions and files together, so that whoever looks at one version
 * after the other does not have all of them read each time. One is read anew once anything has changed in its job or in a policy
 * over it. Only for showing: what is decided inside a transaction is decided by what that transaction reads.
 */
@Component
final class RecentHistories {

    /** Versions and files; about 200 bytes each, 50 MB in all. */
    private static final long LARGEST = 250_000;

    /** However few versions they have. */
    private static final int MOST_JOBS = 1_000;

    private final Judgements judgements;
    private final ToLongFunction<String> newestChange;
    private final long largest;
    private final Map<String, Read> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    @Autowired
    RecentHistories(Judgements judgements, History history) {
        this(judgements, history::newestChange, LARGEST);
    }

    /**
     * With a bound of its own.
     *
     * @param newestChange the place of the newest change to a job
     * @param largest how many versions and files it remembers; of the job asked for last all, however many
     */
    RecentHistories(Judgements judgements, ToLongFunction<String> newestChange, long largest) {
        this.judgements = judgements;
        this.newestChange = newestChange;
        this.largest = largest;
    }

    /** A history, and what it was read under. */
    private record Read(long change, List<PolicyStamp> policies, JobHistory history) {

        /** How many versions, and where their files were read how many of those. */
        long size() {
            long files = history.lines().stream()
                    .flatMap(line -> line.files().values().stream())
                    .mapToLong(List::size)
                    .sum();
            return history.outlines().size() + files;
        }
    }

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
        remember(jobId, read);
        return read.history();
    }

    private void remember(String jobId, Read read) {
        synchronized (recent) {
            Read before = recent.put(jobId, read);
            size += read.size() - (before == null ? 0 : before.size());
            Iterator<Read> oldestFirst = recent.values().iterator();
            while (recent.size() > 1 && (size > largest || recent.size() > MOST_JOBS)) {
                size -= oldestFirst.next().size();
                oldestFirst.remove();
            }
        }
    }
}
