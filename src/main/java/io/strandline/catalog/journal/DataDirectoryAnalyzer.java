package io.strandline.catalog.journal;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator at start-up why the server does not run on this data directory. */
class DataDirectoryAnalyzer extends AbstractFailureAnalyzer<DataDirectoryException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataDirectoryException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Do what the description says; the exit code is " + cause.getExitCode() + " (" + cause.kind() + ").",
                cause);
    }
}
