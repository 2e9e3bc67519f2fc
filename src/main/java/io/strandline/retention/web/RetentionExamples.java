package io.strandline.retention.web;

/** Bodies shown in the API document. */
final class RetentionExamples {

    static final String POLICY =
            "{\"keep\":{\"last\":20,\"within\":\"PT6H\",\"hourly\":24,\"daily\":7,\"kinds\":[\"MANUAL\",\"FINAL\"]},"
                    + "\"cap\":{\"maxAge\":\"P90D\"},\"floor\":{\"minCount\":3},\"timeZone\":\"UTC\"}";

    static final String EFFECTIVE =
            "{\"keep\":{\"last\":{\"value\":20,\"setBy\":\"DEFAULT\"},\"hourly\":{\"value\":null,\"setBy\":\"JOB\"}},"
                    + "\"warnings\":[]}";

    static final String PLAN = "{\"jobs\":[\"flights\"],\"override\":{\"keep\":{\"last\":5}}}";

    static final String APPLY = "{\"mode\":\"SKIP_CHANGED\",\"reason\":\"weekly clean-up\"}";

    static final String PURGE = "{\"skipQuarantine\":true,\"reason\":\"the disk is full\"}";

    static final String BACK = "{\"reason\":\"looked at by hand\"}";

    static final String FILE = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    static final String GC = "{\"mode\":\"DRY_RUN\"}";

    private RetentionExamples() {}
}
