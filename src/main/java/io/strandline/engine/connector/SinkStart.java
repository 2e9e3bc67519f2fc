package io.strandline.engine.connector;

import io.strandline.snapshot.LineSegment;
import java.util.List;

/**
 * What an instance starts from, as far as sinks care.
 *
 * @param sink the sink's name
 * @param branch the branch it runs on; output of other branches is never touched
 * @param line the stretches of history it descends from, empty for a fresh start
 */
public record SinkStart(String sink, String branch, List<LineSegment> line) {

    public SinkStart {
        line = List.copyOf(line);
    }

    /** Whether output of {@code branch} with {@code number} belongs to the line. */
    public boolean inLine(String ofBranch, long number) {
        return line.stream()
                .anyMatch(segment -> segment.branch().equals(ofBranch)
                        && number >= segment.firstNumber()
                        && number <= segment.lastNumber());
    }
}
