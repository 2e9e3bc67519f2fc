package io.strandline.engine;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Transactional output in memory, of columns of whole numbers; it can be told to take no rows. All subtasks write to it. */
final class StagedRows implements Sink {

    private final NavigableMap<Long, List<List<Long>>> staged = new TreeMap<>();
    private final NavigableMap<Long, List<List<Long>>> visible = new TreeMap<>();
    volatile boolean ready = true;

    /** What is visible, in the order of versions. */
    synchronized List<List<Long>> rows() {
        return visible.values().stream().flatMap(List::stream).toList();
    }

    /** What an instance that goes on from {@code head} finds. */
    synchronized void recover(long head) {
        commit(head);
        staged.clear();
        visible.tailMap(head, false).clear();
    }

    @Override
    public List<OutputMove> recover(SinkStart start) {
        return List.of();
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new Writer();
    }

    @Override
    public synchronized void commit(long number) {
        visible.putAll(staged.headMap(number, true));
        staged.headMap(number, true).clear();
    }

    private final class Writer implements SinkWriter {

        private List<List<Long>> written = new ArrayList<>();

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void write(Batch batch) {
            for (int row = 0; row < batch.size(); row++) {
                List<Long> values = new ArrayList<>();
                for (int column = 0; column < batch.type().size(); column++) {
                    values.add(batch.longs(column)[row]);
                }
                written.add(List.copyOf(values));
            }
        }

        @Override
        public CompletableFuture<Void> prepare(long number) {
            synchronized (StagedRows.this) {
                staged.computeIfAbsent(number, any -> new ArrayList<>()).addAll(written);
            }
            written = new ArrayList<>();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            // what was written and not prepared is lost
        }
    }
}
