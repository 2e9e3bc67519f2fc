package io.strandline.catalog.jpa;

import io.strandline.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a generated catalog, each worked out from its number: versions come in rounds, one of every job a round, and
 * are counted by ordinals from 1, as files are by ids. What names what can therefore be written by the database itself.
 */
final class ScaleFiles {

    static final int SIZE_BYTES = 64;

    private static final int REFERENCES_IN_ONE_TRANSACTION = 1_000_000;

    private final ScaleShape shape;

    ScaleFiles(ScaleShape shape) {
        this.shape = shape;
    }

    /**
     * A row of a file.
     *
     * @param namedBy how many versions name it in the end
     * @param namers the sum of their ordinals
     */
    record StoredFile(long id, String digest, long namedBy, long namers) {}

    static byte[] bytes(String jobId, int file) {
        return "%-64s".formatted(jobId + " file " + file).getBytes(StandardCharsets.US_ASCII);
    }

    /** The files that the version of an ordinal is the first to name. */
    List<StoredFile> firstNamedBy(long ordinal) {
        int number = (int) ((ordinal - 1) / shape.jobs()) + 1;
        int job = (int) ((ordinal - 1) % shape.jobs());
        List<StoredFile> files = new ArrayList<>(shape.newFiles());
        for (int file = shape.fileEnd(number - 1); file < shape.fileEnd(number); file++) {
            int last = Math.min(shape.versions(), (file + shape.files()) / shape.newFiles());
            long count = last - number + 1;
            long rounds = count * (number - 1 + last - 1) / 2;
            files.add(new StoredFile(
                    (ordinal - 1) * shape.newFiles() + files.size() + 1,
                    Digest.ofBytes(bytes(shape.jobId(job), file)).hex(),
                    count,
                    rounds * shape.jobs() + count * (job + 1)));
        }
        return files;
    }

    /** Has the database write the references of the versions up to an ordinal, in the order of their places. */
    void writeReferences(Connection connection, long ordinals) throws SQLException {
        boolean h2 = ScaleIndexes.isH2(connection);
        long all = ordinals * shape.files();
        try (Statement statement = connection.createStatement()) {
            for (long from = 0; from < all; from += REFERENCES_IN_ONE_TRANSACTION) {
                long to = Math.min(all, from + REFERENCES_IN_ONE_TRANSACTION) - 1;
                String numbers = h2
                        ? "select \"X\" as x from system_range(" + from + ", " + to + ")"
                        : "select x from generate_series(" + from + "::bigint, " + to + ") as s(x)";
                statement.execute(references(numbers));
                connection.commit();
            }
        }
    }

    /** Of each version as many places as it may have files, from the oldest; in the first rounds some of them stay empty. */
    private String references(String numbers) {
        String version = "select x / " + shape.files() + " as version, mod(x, " + shape.files() + ") as place from ("
                + numbers + ") n";
        String round = "select version, place, version / " + shape.jobs() + " + 1 as number, mod(version, "
                + shape.jobs() + ") as job from (" + version + ") v";
        String file = "select version, place, number, job, place + greatest(0, number * " + shape.newFiles() + " - "
                + shape.files() + ") as file from (" + round + ") r";
        return "insert into file_reference (place, file_id) select (version + 1) * 1048576 + place, (file / "
                + shape.newFiles() + " * " + shape.jobs() + " + job) * " + shape.newFiles() + " + mod(file, "
                + shape.newFiles() + ") + 1 from (" + file + ") f where file < number * " + shape.newFiles();
    }
}
