package io.strandline.runner.connect;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.part.PartDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sink of files that has written to other directories before: what it has shown there is taken back and brought back with the
 * rest, but nothing is written there any more.
 */
final class MovedFileSink implements Sink {

    private final Sink present;
    private final Map<Path, PartDirectory> earlier;

    /**
     * @param present writes to the directory it has now
     * @param earlier those it had before, by the way to them from there
     */
    MovedFileSink(Sink present, Map<Path, PartDirectory> earlier) {
        this.present = present;
        this.earlier = Collections.unmodifiableMap(new LinkedHashMap<>(earlier));
    }

    @Override
    public List<OutputMove> recover(SinkStart start) throws IOException {
        List<OutputMove> moves = new ArrayList<>(present.recover(start));
        for (Map.Entry<Path, PartDirectory> place : earlier.entrySet()) {
            for (OutputMove move : place.getValue().recover(start)) {
                String from = place.getKey().resolve(move.from()).toString();
                String to = place.getKey().resolve(move.to()).toString();
                moves.add(new OutputMove(move.sink(), from, to, move.action()));
            }
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
