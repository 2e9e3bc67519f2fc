package io.strandline.event;

import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.event.Event.JobRef;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants.
 *
 * @param types names of kinds; none for all
 * @param jobId only events of the job of this id
 * @param jobNames only events of jobs of these names; none for all
 * @param journaledOnly only what is in the journal
 */
public record EventFilter(Set<String> types, @Nullable String jobId, Set<String> jobNames, boolean journaledOnly) {

    public EventFilter {
        types = Set.copyOf(types);
        jobNames = Set.copyOf(jobNames);
    }

    boolean admits(EventLog.Told told) {
        Event event = told.event();
        return (!journaledOnly || told.id().journaled())
                && (types.isEmpty() || types.contains(event.type()))
                && admits(event.job());
    }

    private boolean admits(@Nullable JobRef job) {
        if (jobId == null && jobNames.isEmpty()) {
            return true;
        }
        return job != null
                && (jobId == null || jobId.equals(job.id()))
                && (jobNames.isEmpty() || job.name() != null && jobNames.contains(job.name()));
    }

    /** What of it the catalog can answer; types are not its words. */
    AuditFilter ofAudit() {
        return jobId == null ? AuditFilter.ALL : AuditFilter.ofJob(jobId);
    }
}
