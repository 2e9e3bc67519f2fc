package io.strandline.pipeline;

/** Where rows go. */
public sealed interface SinkSpec {

    /** Unique among sources, operators and sinks. */
    String name();

    /** The source or operator whose rows it takes. */
    String input();

    /**
     * Part files that appear when a checkpoint completes.
     *
     * @param path directory under the first files root
     */
    record FileSink(String name, String input, String path, FileFormat format) implements SinkSpec {}

    /** Counts rows and forgets them. */
    record DiscardSink(String name, String input) implements SinkSpec {}
}
