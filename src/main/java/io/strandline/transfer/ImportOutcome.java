package io.strandline.transfer;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.Manifest;

/**
 * What an import made.
 *
 * @param job the job it is in now
 * @param created whether the job was made for it
 * @param head whether its branch goes on from it: it does when it had no version
 * @param version the new version
 * @param original as it was where it comes from
 * @param files how many files it has
 */
public record ImportOutcome(Job job, boolean created, boolean head, Snapshot version, Manifest original, int files) {}
