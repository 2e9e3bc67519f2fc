package io.strandline.catalog.journal;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.Ledger.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Jobs that are written into a journal, an entry each, and read back. */
final class JournaledJobs {

    static final Cause CAUSE = new Cause("ada", "request-1", null, "because");

    private JournaledJobs() {}

    static void append(Journal journal, String job) throws JournalException {
        List<Change> changes = List.of(new JobPurged(job));
        journal.append(new Scope.OfJob(job), CAUSE, changes);
    }

    static List<String> jobs(Journal journal) throws IOException {
        return entries(journal, 1).stream()
                .map(entry -> ((JobPurged) entry.changes().get(0)).jobId())
                .toList();
    }

    static List<JournalEntry> entries(Journal journal, long from) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        journal.read(from, entries::add);
        return entries;
    }
}
