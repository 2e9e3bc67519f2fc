package io.strandline.catalog.jpa;

import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.work.Answers;
import io.strandline.catalog.work.Effect;
import io.strandline.catalog.work.OperationLog;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Operations and answered requests, from the tables. */
final class JpaOperationLog implements OperationLog, Answers {

    private final Queries queries;
    private final Clock clock;
    private final Waiting waiting;

    JpaOperationLog(Queries queries, Clock clock, Waiting waiting) {
        this.queries = queries;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** What is in the journal and not in the tables yet. */
    interface Waiting {

        /** The answer kept for a key. */
        Optional<RequestAnswered> answer(String key);

        /** Whether a request with this key changed something. */
        boolean effect(String key);
    }

    @Override
    public Optional<LoggedOperation> operation(String id) {
        return queries.find(OperationRow.class, id).map(OperationRow::value);
    }

    @Override
    public List<LoggedOperation> operations(OperationQuery query) {
        Queries.Select<OperationRow> select = queries.from(OperationRow.class)
                .and("e.jobId = ?", query.jobId())
                .and("e.type = ?", query.type())
                .and("e.id < ?", query.beforeId());
        if (OperationQuery.UNFINISHED.equals(query.state())) {
            select.and("e.state is null");
        } else {
            select.and("e.state = ?", query.state());
        }
        return select.orderBy("e.id desc").list(query.limit()).stream()
                .map(OperationRow::value)
                .toList();
    }

    @Override
    public List<LoggedOperation> unfinished() {
        return queries.from(OperationRow.class).and("e.state is null").orderBy("e.id").list().stream()
                .map(OperationRow::value)
                .toList();
    }

    @Override
    public Optional<RequestAnswered> answer(String key) {
        return waiting.answer(key)
                .or(() -> queries.find(AnswerRow.class, key).map(AnswerRow::value))
                .filter(answer -> answer.expiresAt().isAfter(clock.instant()));
    }

    @Override
    public List<Effect> effects(String key) {
        if (waiting.effect(key)) {
            throw new StrandlineException(
                    ErrorCode.CATALOG_UNAVAILABLE,
                    "The first request with this key is in the journal, but the catalog has not taken it yet; try again"
                            + " shortly.");
        }
        return queries
                .from(EffectRow.class)
                .and("e.requestKey = ?", key)
                .and("e.expiresAt > ?", clock.instant())
                .orderBy("e.sequence")
                .list()
                .stream()
                .map(EffectRow::value)
                .toList();
    }
}
