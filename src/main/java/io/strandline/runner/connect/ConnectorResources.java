package io.strandline.runner.connect;

/**
 * What connectors may touch besides the rows they are given.
 *
 * @param files directories of file sources and sinks
 * @param inboxes logs of pushed records
 * @param outbox where rows wait for their database
 * @param databases those that may be written to
 */
public record ConnectorResources(FilesRoots files, Inboxes inboxes, Outbox outbox, Databases databases) {}
