package io.strandline.inspect.diff;

import io.strandline.catalog.Job;
import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import io.strandline.inspect.diff.DiffMaker.Label;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps diffs as documents of the catalog for a while; they can be made again whenever both versions are there. */
@Component
final class DiffShelf {

    private static final String KIND = "diff";
    private static final int TIDY_EVERY = 16;

    private final Documents documents;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final DiffSettings settings;
    private final AtomicInteger saved = new AtomicInteger();

    DiffShelf(Documents documents, JsonMapper json, TimeOrderedIds ids, Clock clock, DiffSettings settings) {
        this.documents = documents;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    void save(String jobId, Diff diff) {
        documents.save(document(jobId, diff, diff.expiresAt()));
        if (saved.getAndIncrement() % TIDY_EVERY == 0) {
            documents.documents(KIND, null, null, settings.mostKept() + TIDY_EVERY).stream()
                    .skip(settings.mostKept())
                    .forEach(this::expire);
            documents.deleteExpired(KIND, clock.instant());
        }
    }

    /** A new diff's id and times. */
    Label label(Job job) {
        Instant now = clock.instant();
        return new Label(ids.next().toString(), job.name(), now, now.plus(settings.kept()));
    }

    /**
     * A diff by id.
     *
     * @throws StrandlineException {@code diff-not-found}
     */
    Diff diff(String jobId, String id) {
        return documents
                .document(KIND, id)
                .filter(found -> jobId.equals(found.jobId()) && isKept(found))
                .map(this::read)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.DIFF_NOT_FOUND,
                        "There is no diff " + id + " of this job, or it is kept no more; make it again."));
    }

    /** Diffs of a job, newest first, below {@code beforeId} when given. */
    List<Diff> list(String jobId, @Nullable String beforeId, int limit) {
        return documents.documents(KIND, jobId, beforeId, limit).stream()
                .filter(this::isKept)
                .map(this::read)
                .toList();
    }

    private boolean isKept(Document document) {
        Instant end = document.expiresAt();
        return end == null || end.isAfter(clock.instant());
    }

    private void expire(Document document) {
        documents.save(new Document(
                document.kind(),
                document.id(),
                document.jobId(),
                document.state(),
                document.createdAt(),
                document.createdAt(),
                document.body()));
    }

    private Diff read(Document document) {
        return json.readValue(document.body(), Diff.class);
    }

    private Document document(String jobId, Diff diff, Instant end) {
        return new Document(KIND, diff.id(), jobId, "MADE", diff.createdAt(), end, json.writeValueAsString(diff));
    }
}
