package io.strandline.runner.connect;

import io.strandline.engine.connector.inbox.Inbox;
import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.SourceSpec.HttpSource;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.intake.Push;
import io.strandline.runner.intake.PushOutcome;
import io.strandline.runner.intake.PushTarget;
import io.strandline.runner.intake.RecordIntake;
import io.strandline.snapshot.SourcePosition;
import io.strandline.storage.Admission;
import io.strandline.storage.disk.FullDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is pushed in the inboxes that this process' sources read. */
public final class EmbeddedIntake implements RecordIntake {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedIntake.class);
    private static final Duration BACKLOG_RETRY = Duration.ofSeconds(1);

    private final Inboxes inboxes;
    private final Pipelines pipelines;
    private final Admission admission;
    private final Map<String, Taker> takers = new ConcurrentHashMap<>();

    /** The inboxes, which the runner's sources read too, and what is asked before more is kept. */
    public EmbeddedIntake(Inboxes inboxes, Pipelines pipelines, Admission admission) {
        this.pipelines = pipelines;
        this.inboxes = inboxes;
        this.admission = admission;
    }

    /** A source that takes records, as some version of a pipeline has it. */
    private record Taker(int pipelineVersion, HttpSource spec, PushedRecords schema, Inbox inbox) {}

    @Override
    public PushOutcome push(PushTarget target, Push push) {
        try {
            admission.admit();
            String name = target.jobId() + "/" + target.source();
            Taker taker = takers.get(name);
            if (taker == null || taker.pipelineVersion() != target.pipelineVersion()) {
                List<HttpSource> sources = sources(target);
                HttpSource spec = sources.stream()
                        .filter(source -> source.name().equals(target.source()))
                        .findFirst()
                        .orElse(null);
                if (spec == null) {
                    return new PushOutcome.NoSuchSource(
                            sources.stream().map(HttpSource::name).toList());
                }
                taker = taker(target, spec);
                takers.put(name, taker);
            }
            return push(taker, push);
        } catch (IOException failed) {
            String detail = String.valueOf(failed.getMessage());
            return FullDisk.is(failed) ? new PushOutcome.StorageFull(detail) : new PushOutcome.Unavailable(detail);
        }
    }

    @Override
    public List<String> crowded(String jobId) {
        List<String> crowded = new ArrayList<>();
        try {
            for (String source : inboxes.names(jobId)) {
                if (inboxes.existing(jobId, source).filter(Inbox::trimmable).isPresent()) {
                    crowded.add(source);
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("what was pushed to job {} cannot be looked at", jobId, unreadable);
        }
        return crowded;
    }

    @Override
    public void release(String jobId, String source, List<SourcePosition> oldest) {
        try {
            Inbox inbox = inboxes.existing(jobId, source).orElse(null);
            if (inbox != null) {
                long freed = inbox.trim(oldest.stream()
                        .collect(Collectors.toMap(SourcePosition::split, SourcePosition::offset, Math::min)));
                LOG.debug("{} bytes of what was pushed to {} of job {} have gone", freed, source, jobId);
            }
        } catch (IOException failed) {
            LOG.warn("what was pushed to {} of job {} could not be trimmed", source, jobId, failed);
        }
    }

    @Override
    public void forget(String jobId) {
        takers.keySet().removeIf(name -> name.startsWith(jobId + "/"));
        try {
            inboxes.delete(jobId);
        } catch (IOException failed) {
            LOG.warn("what was pushed to job {} could not be deleted", jobId, failed);
        }
    }

    @Override
    public List<String> jobs() {
        try {
            return inboxes.names(null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<HttpSource> sources(PushTarget target) {
        List<HttpSource> sources = new ArrayList<>();
        for (SourceSpec source : pipelines
                .read(target.pipeline(), Pipelines.Syntax.JSON)
                .document()
                .sources()) {
            if (source instanceof HttpSource http) {
                sources.add(http);
            }
        }
        return sources;
    }

    private Taker taker(PushTarget target, HttpSource spec) throws IOException {
        Inbox inbox = inboxes.of(target.jobId(), spec.name(), spec.partitions());
        inbox.assumeRead(target.positions().get().stream()
                .filter(position -> position.source().equals(spec.name()))
                .collect(Collectors.toMap(SourcePosition::split, SourcePosition::offset)));
        return new Taker(target.pipelineVersion(), spec, new PushedRecords(spec.columns()), inbox);
    }

    private static PushOutcome push(Taker taker, Push push) throws IOException {
        int partitions = taker.inbox().ranges().size();
        Integer wanted = push.partition();
        if (wanted != null && (wanted < 0 || wanted >= partitions)) {
            return new PushOutcome.NoSuchPartition(partitions);
        }
        PushedRecords.Checked checked = taker.schema().check(push);
        if (!checked.mistakes().isEmpty()) {
            return new PushOutcome.Malformed(checked.mistakes());
        }
        long backlog = taker.inbox().backlogBytes();
        if (backlog >= taker.spec().backlogBytes() && !taker.inbox().knows(push.key())) {
            return new PushOutcome.BacklogFull(backlog, taker.spec().backlogBytes(), BACKLOG_RETRY);
        }
        Inbox.Receipt receipt = taker.inbox().append(checked.records(), push.key(), wanted);
        if (receipt instanceof Inbox.Receipt.Kept kept) {
            return new PushOutcome.Kept(kept.partition(), kept.first(), kept.count(), kept.repeated());
        }
        return new PushOutcome.KeyReused();
    }
}
