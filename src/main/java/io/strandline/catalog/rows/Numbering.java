package io.strandline.catalog.rows;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives out the numbers by which tables know versions and files. It counts in memory, from what the tables hold when it is first
 * asked: one process has the catalog. A number whose transaction was rolled back is not given out again before the next start.
 */
public final class Numbering {

    /** How many files a version may name. */
    static final long PLACES = 1 << 20;

    private final Count ordinals;
    private final Count files;

    /** Over the tables. */
    public Numbering(JdbcTemplate sql) {
        this.ordinals = new Count(sql, "select coalesce(max(ordinal), 0) from snapshot");
        this.files = new Count(sql, "select coalesce(max(id), 0) from stored_file");
    }

    /** The next version's. */
    public long nextOrdinal() {
        return ordinals.next();
    }

    /** The next file's. */
    long nextFile() {
        return files.next();
    }

    /** One count, begun behind the largest number in a table. */
    private static final class Count {

        private static final long NOT_BEGUN = -1;

        private final JdbcTemplate sql;
        private final String largest;
        private final AtomicLong last = new AtomicLong(NOT_BEGUN);

        Count(JdbcTemplate sql, String largest) {
            this.sql = sql;
            this.largest = largest;
        }

        long next() {
            if (last.get() == NOT_BEGUN) {
                Long inTable = sql.queryForObject(largest, Long.class);
                last.compareAndSet(NOT_BEGUN, inTable == null ? 0 : inTable);
            }
            return last.incrementAndGet();
        }
    }
}
