package io.strandline.engine.connector.jdbc;

import io.strandline.engine.connector.DeadLetters;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.RefusedRowException;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.file.TextEncoder;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.part.PartName;
import io.strandline.engine.connector.part.PartWriter;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.LineSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a table refuses for good, as dead letters: parts of the number whose rows they were. A part is durable before the
 * transaction that goes without its rows, and visible after it. A number whose transaction did not come about is tried anew,
 * so a row that the table takes the next time is no dead letter. Used by one thread at a time.
 */
public final class RefusedLetters {

    private final String sink;
    private final String output;
    private final PartDirectory directory;
    private final long max;
    /** Numbers whose transaction has not been seen to come about. */
    private final NavigableMap<Long, Try> undecided = new TreeMap<>();

    private final List<PartName> due = new ArrayList<>();
    private long lastOfLine;
    private @Nullable Try current;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param sink whose letters they are: the source that each of them names
     * @param output under which what becomes of earlier parts is told
     * @param directory where they go, no other output's
     * @param max how many one start may put there
     */
    public RefusedLetters(String sink, String output, PartDirectory directory, long max) {
        this.sink = sink;
        this.output = output;
        this.directory = directory;
        this.max = max;
    }

    /** How many there are since the start; by any thread. */
    long taken() {
        return taken.get();
    }

    /** Brings earlier parts into agreement with the line that a start goes on from. */
    List<OutputMove> recover(SinkStart start) throws IOException {
        lastOfLine =
                start.line().stream().mapToLong(LineSegment::lastNumber).max().orElse(0);
        return directory.recover(new SinkStart(output, start.branch(), start.line()));
    }

    /** Begins a number whose rows are not in the table, and forgets what earlier tries at it have left. */
    void begin(String branch, long number) throws IOException {
        seal();
        Try before = undecided.remove(number);
        if (before != null) {
            taken.addAndGet(-before.letters);
            directory.delete(before.parts);
        }
        if (number <= lastOfLine) {
            directory.drop(branch, number);
        }
        current = new Try(branch, number);
    }

    /**
     * Takes a row of the number that was begun.
     *
     * @throws RefusedRowException when it is one too many
     */
    void take(String row, String cause, Throwable thrown) throws IOException {
        Try open = current;
        if (open == null) {
            throw new IllegalStateException("no number was begun for the row " + row);
        }
        if (taken.get() >= max) {
            throw new RefusedRowException(
                    cause + "; it is one more than the " + max + " dead letters that are allowed: " + row, thrown);
        }
        open.write(row, cause);
        taken.incrementAndGet();
    }

    /** Makes durable what was taken. */
    void seal() throws IOException {
        Try open = current;
        if (open != null) {
            current = null;
            undecided.put(open.number, open);
            open.seal();
        }
    }

    /** Shows everything: the transaction of every number that was begun is known to have come about. */
    void show() throws IOException {
        undecided.values().forEach(tried -> due.addAll(tried.parts));
        undecided.clear();
        if (!due.isEmpty()) {
            directory.commit(due);
            due.clear();
        }
    }

    /** One number's rows, as far as they have come. */
    private final class Try {

        private final String branch;
        private final long number;
        private final List<PartName> parts = new ArrayList<>();
        private final Batch letter = new Batch(DeadLetters.TYPE, 1);
        private @Nullable SinkWriter writer;
        private long letters;

        Try(String branch, long number) {
            this.branch = branch;
            this.number = number;
        }

        void write(String row, String cause) throws IOException {
            SinkWriter into = writer;
            if (into == null) {
                TextEncoder lines =
                        new TextEncoder(RecordFormat.JSON.formatter(DeadLetters.TYPE), RecordFormat.JSON.extension());
                into = new PartWriter(
                        directory,
                        lines,
                        new SinkWriterContext(branch, 0, Runnable::run, () -> 0, full -> false),
                        parts::add);
                writer = into;
            }
            letter.objects(0)[0] = sink;
            letter.objects(1)[0] = "";
            letter.longs(2)[0] = -1;
            letter.objects(3)[0] = cause;
            letter.objects(4)[0] = row;
            letter.timestamps()[0] = Watermark.NONE;
            letter.size(1);
            into.write(letter);
            letters++;
        }

        void seal() throws IOException {
            if (writer != null) {
                try {
                    writer.prepare(number).join();
                } catch (CompletionException failed) {
                    throw new IOException("dead letters of " + sink + " could not be written", failed.getCause());
                } finally {
                    writer.close();
                }
            }
        }
    }
}
