package io.strandline.operation;

/** Told that an operation moved on, by the thread that does its work: it must return at once. */
@FunctionalInterface
public interface OperationListener {

    /**
     * An operation moved on.
     *
     * @param stage whether it began, or began another stage; else it went on within one
     */
    void moved(String operationId, boolean stage);
}
