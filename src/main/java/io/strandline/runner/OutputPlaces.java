package io.strandline.runner;

import java.util.List;
import java.util.Set;

/**
 * Where a job's sinks may have written.
 *
 * @param pipelines its documents
 * @param paths directories that sinks of its branches wrote to instead
 */
public record OutputPlaces(List<String> pipelines, Set<String> paths) {

    public OutputPlaces {
        pipelines = List.copyOf(pipelines);
        paths = Set.copyOf(paths);
    }
}
