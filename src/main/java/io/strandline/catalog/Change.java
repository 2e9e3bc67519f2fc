package io.strandline.catalog;

/**
 * Something that became true: the words the journal is written in. Applying the same changes in the same order to an empty
 * catalog yields the same catalog.
 */
public sealed interface Change
        permits JobChange, SnapshotChange, RefChange, PolicyChange, OperationChange, ServerChange {}
