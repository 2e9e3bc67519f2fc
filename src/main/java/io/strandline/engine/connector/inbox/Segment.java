package io.strandline.engine.connector.inbox;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of frames.
 *
 * @param file named after its first record
 * @param first the number of its first record
 */
record Segment(Path file, long first) implements Comparable<Segment> {

    private static final Pattern NAME = Pattern.compile("(\\d{19})\\.log");

    static Segment in(Path directory, long first) {
        return new Segment(directory.resolve("%019d.log".formatted(first)), first);
    }

    static Optional<Segment> parse(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Optional.of(new Segment(file, Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    @Override
    public int compareTo(Segment other) {
        return Long.compare(first, other.first);
    }
}
