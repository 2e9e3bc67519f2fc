package io.strandline.runner.connect;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sink of files that has written to other directories before: what it has shown there is taken back and brought back with the
 * rest, but nothing is written there any more.
 */
final class MovedFileSink implements Sink {

    private final Sink present;
    private final Path directory;
    private final List<Path> earlier;

    /**
     * @param present writes to {@code directory}
     * @param earlier the other directories
     */
    MovedFileSink(Sink present, Path directory, List<Path> earlier) {
        this.present = present;
        this.directory = directory;
        this.earlier = List.copyOf(earlier);
    }

    @Override
    public List<OutputMove> recover(SinkStart start) throws IOException {
        List<OutputMove> moves = new ArrayList<>(present.recover(start));
        for (Path place : earlier) {
            String prefix = directory.relativize(place) + "/";
            new PartDirectory(place, new DiskPartFiles())
                    .recover(start).stream()
                            .map(move -> new OutputMove(
                                    move.sink(), prefix + move.from(), prefix + move.to(), move.action()))
                            .forEach(moves::add);
        }
        return moves;
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) throws IOException {
        return present.writer(context);
    }

    @Override
    public void commit(long number) throws IOException {
        present.commit(number);
    }
}
