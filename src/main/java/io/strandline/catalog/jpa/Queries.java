package io.strandline.catalog.jpa;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** Reads rows of one type by conditions that are left out where their value is null, and puts failures into our words. */
public final class Queries {

    private final EntityManager entities;

    /** Over a shared entity manager: within a transaction of this thread, or by itself. */
    public Queries(EntityManager entities) {
        this.entities = entities;
    }

    /** A row by its key. */
    public <T> Optional<T> find(Class<T> type, Object key) {
        return guarded(() -> Optional.ofNullable(entities.find(type, key)));
    }

    /** All rows of a type, called {@code e} in conditions. */
    public <T> Select<T> from(Class<T> type) {
        return new Select<>(type);
    }

    /** A query under way. */
    public final class Select<T> {

        private final Class<T> type;
        private final StringBuilder jpql;
        private final List<Object> values = new ArrayList<>();
        private String order = "";

        private Select(Class<T> type) {
            this.type = type;
            this.jpql = new StringBuilder("select e from ")
                    .append(type.getSimpleName())
                    .append(" e where 1 = 1");
        }

        /** Adds a condition with one {@code ?} for {@code value}; null adds nothing. */
        public Select<T> and(String condition, @Nullable Object value) {
            if (value != null) {
                values.add(value);
                jpql.append(" and ").append(condition.replace("?", "?" + values.size()));
            }
            return this;
        }

        /** Adds a condition without a value. */
        public Select<T> and(String condition) {
            jpql.append(" and ").append(condition);
            return this;
        }

        /** Only versions that carry a label. */
        public Select<T> andLabel(String name, String value) {
            values.add(SnapshotRow.searchable(name));
            values.add(value);
            jpql.append(" and exists (select 1 from e.labelRows l where key(l) = ?")
                    .append(values.size() - 1)
                    .append(" and value(l) = ?")
                    .append(values.size())
                    .append(')');
            return this;
        }

        /** In this order, by columns of {@code e}. */
        public Select<T> orderBy(String columns) {
            order = " order by " + columns;
            return this;
        }

        /** All of them. */
        public List<T> list() {
            return list(Integer.MAX_VALUE);
        }

        /** At most so many. */
        public List<T> list(int limit) {
            return guarded(() -> {
                TypedQuery<T> query = entities.createQuery(jpql + order, type);
                for (int i = 0; i < values.size(); i++) {
                    query.setParameter(i + 1, values.get(i));
                }
                return query.setMaxResults(limit).getResultList();
            });
        }

        /** How many there are. */
        public long count() {
            return guarded(() -> {
                String counting = jpql.toString().replaceFirst("^select e ", "select count(e) ");
                TypedQuery<Long> query = entities.createQuery(counting, Long.class);
                for (int i = 0; i < values.size(); i++) {
                    query.setParameter(i + 1, values.get(i));
                }
                return query.getSingleResult();
            });
        }

        /** The first, if there is one. */
        public Optional<T> first() {
            return list(1).stream().findFirst();
        }
    }

    /** Runs a call to the database; what goes wrong comes out as a problem. */
    public static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (PersistenceException | DataAccessException | TransactionException e) {
            throw problem(e);
        }
    }

    private static StrandlineException problem(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException violation) {
                return refusal(String.valueOf(violation.getConstraintName()), failure);
            }
            if (cause instanceof DataIntegrityViolationException || cause instanceof StaleStateException) {
                return mistake(failure);
            }
            if (cause instanceof SQLException sql && isMistake(sql)) {
                return mistake(failure);
            }
        }
        return new StrandlineException(
                ErrorCode.CATALOG_UNAVAILABLE,
                "The catalog's database does not answer as it should; running jobs go on.",
                failure);
    }

    private static StrandlineException refusal(String constraint, RuntimeException failure) {
        String name = constraint.toLowerCase(Locale.ROOT);
        if (name.contains("uq_job_live_name")) {
            return new StrandlineException(ErrorCode.JOB_EXISTS, "A job of this name exists.", failure);
        }
        return name.contains("uq_tag_name")
                ? new StrandlineException(ErrorCode.TAG_EXISTS, "The job has a tag of this name.", failure)
                : new StrandlineException(ErrorCode.CONFLICT, "Another change came first (" + name + ").", failure);
    }

    /** SQL states of data that does not fit and of statements that are wrong: trying again cannot help. */
    private static boolean isMistake(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    }

    private static StrandlineException mistake(RuntimeException failure) {
        return new StrandlineException(
                ErrorCode.INTERNAL_ERROR, "The catalog cannot hold this change; the log has the cause.", failure);
    }
}
