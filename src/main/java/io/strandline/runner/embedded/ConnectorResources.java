package io.strandline.runner.embedded;

/**
 * What connectors may touch besides the rows they are given.
 *
 * @param files directories of file sources and sinks
 * @param inboxes logs of pushed records
 */
public record ConnectorResources(FilesRoots files, Inboxes inboxes) {}
