package io.strandline.catalog.jpa.work;

import io.strandline.catalog.jpa.Queries;
import io.strandline.catalog.work.Documents;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Documents in a table. */
final class JpaDocuments implements Documents {

    private final EntityManager entities;
    private final Queries queries;
    private final TransactionTemplate transaction;

    JpaDocuments(EntityManager entities, PlatformTransactionManager transactions) {
        this.entities = entities;
        this.queries = new Queries(entities);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void save(Document document) {
        Queries.guarded(() -> transaction.execute(status -> entities.merge(DocumentRow.of(document))));
    }

    @Override
    public boolean replace(String expected, Document document) {
        return Queries.guarded(() -> Boolean.TRUE.equals(transaction.execute(status -> {
            DocumentRow.Key key = new DocumentRow.Key(document.kind(), document.id());
            @Nullable DocumentRow row = entities.find(DocumentRow.class, key, LockModeType.PESSIMISTIC_WRITE);
            boolean asExpected = row != null && row.state.equals(expected);
            if (row != null && asExpected) {
                row.fill(document);
            }
            return asExpected;
        })));
    }

    @Override
    public Optional<Document> document(String kind, String id) {
        return queries.find(DocumentRow.class, new DocumentRow.Key(kind, id)).map(DocumentRow::value);
    }

    @Override
    public List<Document> documents(String kind, @Nullable String jobId, @Nullable String beforeId, int limit) {
        return queries
                .from(DocumentRow.class)
                .and("e.kind = ?", kind)
                .and("e.jobId = ?", jobId)
                .and("e.id < ?", beforeId)
                .orderBy("e.id desc")
                .list(limit)
                .stream()
                .map(DocumentRow::value)
                .toList();
    }

    @Override
    public int deleteExpired(String kind, Instant at) {
        Integer deleted = Queries.guarded(() -> transaction.execute(
                status -> entities.createQuery("delete from DocumentRow e where e.kind = ?1 and e.expiresAt < ?2")
                        .setParameter(1, kind)
                        .setParameter(2, at)
                        .executeUpdate()));
        return deleted == null ? 0 : deleted;
    }
}
