package io.strandline.catalog.jpa;

import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.work.Answers;
import io.strandline.catalog.work.OperationLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Operations and answered requests, from the tables. */
final class JpaOperationLog implements OperationLog, Answers {

    private final Queries queries;
    private final Clock clock;

    JpaOperationLog(Queries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
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
        return queries.find(AnswerRow.class, key)
                .map(AnswerRow::value)
                .filter(answer -> answer.expiresAt().isAfter(clock.instant()));
    }
}
