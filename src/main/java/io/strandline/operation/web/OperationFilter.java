package io.strandline.operation.web;

/** Which operations to list. */
enum OperationFilter {
    /** Queued or running. */
    UNFINISHED,
    SUCCEEDED,
    FAILED,
    CANCELLED
}
