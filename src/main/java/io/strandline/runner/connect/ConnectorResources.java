package io.strandline.runner.connect;

/**
 * What connectors may touch besides the rows they are given.
 *
 * @param files directories of file sources and sinks
 * @param outputs whose directories of sinks are
 * @param inboxes logs of pushed records
 * @param outbox where rows wait for their database
 * @param databases those that may be written to
 */
public record ConnectorResources(
        FilesRoots files, OutputOwners outputs, Inboxes inboxes, Outbox outbox, Databases databases) {}
